package io.e5spark.config;

import java.util.Arrays;
import java.util.Locale;

/** The side of a search that a text stands on; E5 was trained to tell them apart by a prefix. */
public enum InputType {
  /** What is searched with; also both sides of symmetric tasks such as similarity or clustering. */
  QUERY,
  /** What is searched in. */
  PASSAGE;

  /** The name in settings, in SQL and in table properties. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What E5 expects in front of such a text. */
  public String prefix() {
    return label() + ": ";
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

  /** Whether a text begins with a prefix of its own, which doubles it. */
  public static boolean isPrefixed(String text) {
    return text.startsWith("query: ") || text.startsWith("passage: ");
  }
}
