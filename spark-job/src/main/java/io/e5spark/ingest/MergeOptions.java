package io.e5spark.ingest;

import java.util.Locale;

/**
 * How a merge is cut into commits, and what it does besides new and changed rows.
 *
 * @param sliceRows the most rows per commit, approximately
 * @param sliceSeconds the most work per commit, as estimated from earlier commits
 * @param reuse whether a text takes the vector that the table has for it under another key
 * @param deleteMissing whether rows are deleted whose key the source lacks
 */
public record MergeOptions(
    long sliceRows, double sliceSeconds, boolean reuse, boolean deleteMissing) {
  /** Slices of a million rows or ten minutes. */
  public static final MergeOptions USUAL = new MergeOptions(1_000_000, 600, true, false);

  public MergeOptions {
    if (sliceRows < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid slice-rows: %d (must be at least 1)", sliceRows));
    }
    if (!(sliceSeconds > 0)) {
      throw new IllegalArgumentException(
          "Invalid slice-minutes: %s (must be more than 0)".formatted(sliceSeconds / 60));
    }
  }
}
