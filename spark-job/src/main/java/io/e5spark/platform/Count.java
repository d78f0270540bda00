package io.e5spark.platform;

import java.util.Locale;

/** A number of things in words: {@code 1 row}, {@code 1,234 rows}, {@code 2 queries}. */
public final class Count {
  private Count() {}

  /**
   * The number with its noun, in the singular for exactly one.
   *
   * @param noun in the singular, with a regular plural
   */
  public static String of(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural(noun));
  }

  private static String plural(String noun) {
    if (noun.matches(".*[^aeiou]y")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun.matches(".*(s|x|ch|sh)") ? noun + "es" : noun + "s";
  }
}
