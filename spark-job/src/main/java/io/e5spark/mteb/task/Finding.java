package io.e5spark.mteb.task;

import java.util.List;
import java.util.Locale;

/**
 * A table for people who examine the result of a task.
 *
 * @param title what the table shows
 * @param columns the names of its columns
 * @param rows one text per column
 */
public record Finding(String title, List<String> columns, List<List<String>> rows) {
  /** The most rows per table. */
  static final int MOST = 20;

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
