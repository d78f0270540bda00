package io.e5spark.config;

import java.util.Arrays;
import java.util.Locale;

/** The side of a search that a text stands on; models tell them apart by the prompt in front. */
public enum InputType {
  /** What is searched with; also both sides of symmetric tasks such as similarity or clustering. */
  QUERY,
  /** What is searched in. */
  PASSAGE;

  /** The name in settings, in SQL and in table properties. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The input type of this name.
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
