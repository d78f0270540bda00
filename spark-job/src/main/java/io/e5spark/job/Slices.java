package io.e5spark.job;

import io.e5spark.table.KeyedVectors;

/**
 * Cuts rows into ranges of their keys' buckets, one range a commit. The first is small; how long it
 * took says how large the next may be.
 */
final class Slices {
  private static final long FIRST_ROWS = 10_000;

  private final long rows;
  private final MergeOptions options;
  private int next;
  private double rowsASecond;

  /**
   * Slices of so many rows.
   *
   * @param rows spread evenly over all buckets
   */
  Slices(long rows, MergeOptions options) {
    this.rows = rows;
    this.options = options;
  }

  /** Buckets of a slice: from the first to before the last. */
  record Range(int from, int to) {}

  boolean isDone() {
    return rows == 0 || next == KeyedVectors.BUCKETS;
  }

  /** The next range; there is one until all buckets are done. */
  Range next() {
    double wanted = Math.min((double) options.sliceRows(), rowsInTime());
    double buckets = Math.floor(KeyedVectors.BUCKETS * wanted / rows);
    int from = next;
    next = (int) Math.min(KeyedVectors.BUCKETS, from + Math.max(1, buckets));
    return new Range(from, next);
  }

  private double rowsInTime() {
    return rowsASecond == 0 ? FIRST_ROWS : rowsASecond * options.sliceSeconds();
  }

  /** Learns from a slice that is done. */
  void took(long sliceRows, double seconds) {
    if (sliceRows > 0) {
      rowsASecond = sliceRows / Math.max(seconds, 1e-3);
    }
  }
}
