package io.e5spark.job.option;

import java.util.Locale;

/** A number of an option that counts something. */
public final class PositiveNumber {
  private PositiveNumber() {}

  /**
   * Checks the number.
   *
   * @param name the name of the option, without dashes
   * @throws IllegalArgumentException if the number is less than 1
   */
  public static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid %s: %d (must be at least 1)", name, value));
    }
  }
}
