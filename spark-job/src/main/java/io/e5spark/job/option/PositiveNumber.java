package io.e5spark.job.option;

import java.util.Locale;

/** An option's number that counts something. */
public final class PositiveNumber {
  private PositiveNumber() {}

  /**
   * Checks it.
   *
   * @param name of the option, without dashes
   * @throws IllegalArgumentException if it is less than 1
   */
  public static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid %s: %d (must be at least 1)", name, value));
    }
  }
}
