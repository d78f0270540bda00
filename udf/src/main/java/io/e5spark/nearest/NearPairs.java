package io.e5spark.nearest;

import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * The pairs of rows whose dot product is not below a threshold, each once, exact. Tasks compare
 * blocks of rows with partitions of rows, for half of all pairs of partitions.
 *
 * @param threshold the least score
 * @param order the order of the two rows of a pair
 */
public record NearPairs(float threshold, RowOrder order) implements Serializable {
  /** The pairs of partitions per core. */
  private static final int CELLS_A_CORE = 8;

  /** The pairs, in no particular order. */
  public JavaRDD<NearPair> of(JavaRDD<Candidate> rows) {
    int tasks = rows.context().defaultParallelism();
    int partitions = (int) Math.ceil(Math.sqrt((double) CELLS_A_CORE * tasks));
    JavaPairRDD<String, byte[]> sorted = KeyedRows.shuffled(rows, partitions);
    JavaRDD<QueryBlock> blocks = sorted.mapPartitions(part -> new QueryBlocks(part, 0));
    return blocks
        .cartesian(sorted.values().map(Candidate::unpacked))
        .mapPartitionsWithIndex(
            (cell, pairs) -> pairs(cell / partitions, cell % partitions, pairs), false);
  }

  private Iterator<NearPair> pairs(
      int left, int right, Iterator<Tuple2<QueryBlock, Candidate>> pairs) {
    if (right < left) {
      return Collections.emptyIterator();
    }
    int position = left == right ? 0 : Integer.MAX_VALUE / 2;
    PairCell cell = new PairCell(pairs, position, threshold, order);
    TaskCompletionListener close = context -> cell.close();
    TaskContext.get().addTaskCompletionListener(close);
    return cell;
  }
}
