package io.e5spark.eval.report;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The texts of a document as the page shows them; the text is shortened to its first characters.
 *
 * @param title empty if the document has none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Passage(String title, String text) {
  private static final int CHARACTERS = 300;

  /** Shortens a whole text. */
  static Passage of(String title, String text) {
    boolean fits = text.codePointCount(0, text.length()) <= CHARACTERS;
    return new Passage(
        title, fits ? text : text.substring(0, text.offsetByCodePoints(0, CHARACTERS)) + "…");
  }
}
