package io.e5spark.index;

import io.e5spark.lists.Centroids;
import io.e5spark.lists.StatedIndex;
import io.e5spark.table.IndexedTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * The recall of searches by the number of their probes. A search with probes finds exactly those of
 * the nearest rows that are in the lists that it reads, so one exact search gives the recall of all
 * of them.
 */
final class RecallCurve {
  private static final int FEW = 10;
  static final int MANY = 100;

  private final StatedIndex index;
  private final Centroids centroids;
  private final Map<Integer, Long> sizes;
  private final long rows;

  RecallCurve(StatedIndex index, Centroids centroids, Map<Integer, Long> sizes) {
    this.index = index;
    this.centroids = centroids;
    this.sizes = sizes;
    this.rows = sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The curve of a table's index. */
  static List<RecallPoint> of(
      SparkSession spark,
      IndexedTable table,
      StatedIndex index,
      QuerySample queries,
      List<Integer> probes) {
    List<List<Integer>> exact = new ExactNeighbours(table, index, queries).lists(spark, MANY);
    RecallCurve curve = new RecallCurve(index, table.centroids(index), table.sizes(index));
    return probes.stream().map(one -> curve.point(queries.vectors(), exact, one)).toList();
  }

  /**
   * A point.
   *
   * @param exact the lists of the nearest rows of each query, nearest first
   */
  RecallPoint point(List<float[]> queries, List<List<Integer>> exact, int probes) {
    List<Double> few = new ArrayList<>();
    List<Double> many = new ArrayList<>();
    List<Double> read = new ArrayList<>();
    for (int query = 0; query < queries.size(); query++) {
      Set<Integer> lists = read(queries.get(query), probes);
      few.add(recall(exact.get(query), lists, FEW));
      many.add(recall(exact.get(query), lists, MANY));
      read.add((double) rows(lists) / rows);
    }
    return new RecallPoint(probes, mean(few), mean(many), mean(read), null, null);
  }

  private Set<Integer> read(float[] query, int probes) {
    Set<Integer> lists = new HashSet<>();
    centroids.nearest(query, probes).forEach(list -> lists.add(index.first() + list));
    return lists;
  }

  private double recall(List<Integer> nearest, Set<Integer> lists, int k) {
    List<Integer> best = nearest.subList(0, Math.min(k, nearest.size()));
    long found = best.stream().filter(list -> isRead(list, lists)).count();
    return best.isEmpty() ? 1 : (double) found / best.size();
  }

  /** Every search reads the rows that are in no list. */
  private boolean isRead(Integer list, Set<Integer> lists) {
    return lists.contains(list) || list < index.first() || list > index.last();
  }

  private long rows(Set<Integer> lists) {
    return sizes.entrySet().stream()
        .filter(list -> isRead(list.getKey(), lists))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
