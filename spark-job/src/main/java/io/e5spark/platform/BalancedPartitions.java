package io.e5spark.platform;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How rows to embed are spread over tasks. */
public final class BalancedPartitions {
  /** Enough partitions per core to even out slow ones, and few enough for windows to fill. */
  private static final int MOST_A_CORE = 16;

  private BalancedPartitions() {}

  /**
   * Spreads rows evenly over enough partitions that every core has work, but no more than there are
   * full windows.
   *
   * @param count the number of rows
   * @param windowRows the rows that are embedded together
   */
  public static Dataset<Row> of(Dataset<Row> rows, long count, int windowRows) {
    long cores = rows.sparkSession().sparkContext().defaultParallelism();
    long windows = count / windowRows;
    long partitions = Math.max(cores, Math.min(windows, cores * MOST_A_CORE));
    return rows.repartition(Math.toIntExact(Math.max(1, Math.min(partitions, count))));
  }
}
