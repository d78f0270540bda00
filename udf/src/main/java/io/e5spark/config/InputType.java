package io.e5spark.config;

import java.util.Arrays;
import java.util.Locale;

/**
 * The side of a search that a text is on; models tell the sides apart by the prompt in front of the
 * text.
 */
public enum InputType {
  /** A text to search with; also both sides of symmetric tasks such as similarity or clustering. */
  QUERY,
  /** A text to be searched. */
  PASSAGE;

  /** The name in settings, in SQL and in table properties. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The input type with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static InputType of(String label) {
    return Arrays.stream(values())
        .filter(type -> type.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid input type: '%s' (must be 'query' or 'passage')".formatted(label)));
  }
}
