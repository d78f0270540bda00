package io.e5spark.eval.report;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A document's texts as the page shows them, the text cut to its first characters.
 *
 * @param title empty where the document has none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Passage(String title, String text) {
  private static final int CHARACTERS = 300;

  /** Of a whole text. */
  static Passage of(String title, String text) {
    boolean fits = text.codePointCount(0, text.length()) <= CHARACTERS;
    return new Passage(
        title, fits ? text : text.substring(0, text.offsetByCodePoints(0, CHARACTERS)) + "…");
  }
}
