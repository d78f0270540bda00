package io.e5spark.ingest;

import io.e5spark.table.KeyedVectors;

/**
 * Cuts rows into ranges of the buckets of their keys, one range per commit. The first range is
 * small; the time for embedding its texts decides how large the next one may be.
 */
final class Slices {
  private static final long FIRST_ROWS = 2_000;

  private final long rows;
  private final MergeOptions options;
  private int next;
  private long doneRows;
  private double work;

  /**
   * Slices of about so many rows at most, because some buckets have more rows than others.
   *
   * @param rows the number of rows, spread evenly over all buckets
   */
  Slices(long rows, MergeOptions options) {
    this.rows = rows;
    this.options = options;
  }

  /** The buckets of a slice, from the first (inclusive) to the last (exclusive). */
  record Range(int from, int to) {}

  boolean isDone() {
    return rows == 0 || next == KeyedVectors.BUCKETS;
  }

  /** The next range, until all buckets are done. */
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
   * Learns from a finished slice.
   *
   * @param seconds the time for embedding, because smaller slices do not reduce the other costs of
   *     a commit
   */
  void took(long sliceRows, double seconds) {
    doneRows += sliceRows;
    work += seconds;
  }
}
