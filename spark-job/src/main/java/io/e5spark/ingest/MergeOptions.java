package io.e5spark.ingest;

import java.util.Locale;

/**
 * How a merge is cut into commits, and what it does beyond new and changed rows.
 *
 * @param sliceRows most rows of a commit
 * @param sliceSeconds most work of a commit, as far as the commits before it tell
 * @param reuse whether a text that the table has under another key takes that vector
 * @param deleteMissing whether rows go whose key the source lacks
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
