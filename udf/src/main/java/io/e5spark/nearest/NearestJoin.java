package io.e5spark.nearest;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Option;

/**
 * The nearest rows of every query by dot product, exact. Tasks compare blocks of queries with
 * groups of rows, keep only the best rows, and send nothing else. Equal queries are searched for
 * once.
 *
 * @param k the number of rows per query
 * @param order the order of rows with equal scores
 * @param unmatched what happens to queries without a result, such as those whose vector is {@link
 *     Candidate#withoutVector missing}
 */
public record NearestJoin(int k, RowOrder order, Unmatched unmatched) implements Serializable {
  /** The tasks per core if there are several blocks, so that the cores finish together. */
  private static final int TASKS_A_CORE = 4;

  /** The nearest rows of one query, best first. */
  public JavaRDD<Neighbour> one(Candidate query, JavaRDD<Candidate> rows) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(rows.context());
    return join(context.parallelizePairs(List.of(KeyedRows.keyed(query)), 1), 1, rows);
  }

  /** The nearest rows of each query, best first. Shuffles the queries when it is called. */
  public JavaRDD<Neighbour> many(JavaRDD<Candidate> queries, JavaRDD<Candidate> rows) {
    int tasks = queries.context().defaultParallelism();
    JavaPairRDD<String, byte[]> sorted = KeyedRows.shuffled(queries, tasks);
    long blocks = 1 + sorted.count() / QueryBlocks.MOST_ROWS;
    return join(sorted, (int) Math.min(blocks, tasks), rows);
  }

  private JavaRDD<Neighbour> join(
      JavaPairRDD<String, byte[]> queries, int groups, JavaRDD<Candidate> rows) {
    int tasks = rows.context().defaultParallelism();
    int columns = groups == 1 ? tasks : Math.min(tasks, 1 + TASKS_A_CORE * tasks / groups);
    JavaPairRDD<String, byte[]> tops =
        queries
            .filter(query -> Candidate.hasVector(query._2()))
            .coalesce(groups)
            .mapPartitions(part -> QueryBlocks.ofDistinct(part, k))
            .cartesian(few(rows, columns))
            .mapPartitionsToPair(cells -> new JoinCell(cells, k, order))
            .repartitionAndSortWithinPartitions(new HashPartitioner(queries.getNumPartitions()))
            .mapPartitionsToPair(parts -> new MergedTops<>(parts, k, order));
    return queries.zipPartitions(tops, (asked, found) -> new Neighbours(asked, found, unmatched));
  }

  private static JavaRDD<Candidate> few(JavaRDD<Candidate> rows, int groups) {
    return rows.getNumPartitions() <= groups
        ? rows
        : rows.rdd()
            .coalesce(groups, false, Option.apply(new BalancedCoalescer()), null)
            .toJavaRDD();
  }
}
