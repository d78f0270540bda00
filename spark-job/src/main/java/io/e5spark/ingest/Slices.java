package io.e5spark.ingest;

import io.e5spark.table.KeyedVectors;

/**
 * Cuts rows into ranges of their keys' buckets, one range a commit. The first is small; how long
 * its texts were embedded says how large the next may be.
 */
final class Slices {
  private static final long FIRST_ROWS = 2_000;

  private final long rows;
  private final MergeOptions options;
  private int next;
  private long doneRows;
  private double work;

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
    return doneRows == 0 ? FIRST_ROWS : doneRows / Math.max(work, 1e-3) * options.sliceSeconds();
  }

  /**
   * Learns from a slice that is done.
   *
   * @param seconds of embedding; what a commit costs besides is not saved by smaller ones
   */
  void took(long sliceRows, double seconds) {
    doneRows += sliceRows;
    work += seconds;
  }
}
