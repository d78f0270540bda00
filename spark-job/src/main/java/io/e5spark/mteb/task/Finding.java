package io.e5spark.mteb.task;

import java.util.List;
import java.util.Locale;

/**
 * A table for people who look at a task's result.
 *
 * @param title what the table shows
 * @param columns their names
 * @param rows one text per column
 */
public record Finding(String title, List<String> columns, List<List<String>> rows) {
  /** The most rows of a table. */
  static final int MOST = 20;

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
