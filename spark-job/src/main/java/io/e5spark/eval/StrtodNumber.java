package io.e5spark.eval;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as C's {@code strtod} reads it, with which trec_eval reads scores: the longest prefix of
 * a text that is a number.
 *
 * @param whole whether this prefix is the whole text
 */
record StrtodNumber(double value, boolean whole) {
  private static final Pattern NUMBER =
      Pattern.compile(
          "([+-]?)(?:(inf(?:inity)?)|(nan)"
              + "|(0x(?:[0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)(?:p[+-]?[0-9]+)?)"
              + "|((?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?))",
          Pattern.CASE_INSENSITIVE);

  /** The number; null if the text does not begin with one. */
  static @Nullable StrtodNumber read(String text) {
    Matcher found = NUMBER.matcher(text);
    if (!found.lookingAt()) {
      return null;
    }
    double value = found.group(1).equals("-") ? -magnitude(found) : magnitude(found);
    return new StrtodNumber(value, found.end() == text.length());
  }

  private static double magnitude(Matcher found) {
    if (found.group(2) != null) {
      return Double.POSITIVE_INFINITY;
    }
    if (found.group(3) != null) {
      return Double.NaN;
    }
    String hexadecimal = found.group(4);
    if (hexadecimal == null) {
      return Double.parseDouble(found.group(5));
    }
    // Java requires digits in an exponent.
    boolean exponent = hexadecimal.toLowerCase(Locale.ROOT).contains("p");
    return Double.parseDouble(exponent ? hexadecimal : hexadecimal + "p0");
  }
}
