package io.e5spark.platform;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How rows that are to be embedded are spread over tasks. */
public final class BalancedPartitions {
  /** Enough to even out slow ones, few enough for windows to fill. */
  private static final int MOST_A_CORE = 16;

  private BalancedPartitions() {}

  /**
   * Evenly over enough partitions that every core has work, and no more than windows to fill them.
   *
   * @param count number of the rows
   * @param windowRows rows that are embedded together
   */
  public static Dataset<Row> of(Dataset<Row> rows, long count, int windowRows) {
    long cores = rows.sparkSession().sparkContext().defaultParallelism();
    long windows = count / windowRows;
    long partitions = Math.max(cores, Math.min(windows, cores * MOST_A_CORE));
    return rows.repartition(Math.toIntExact(Math.max(1, Math.min(partitions, count))));
  }
}
