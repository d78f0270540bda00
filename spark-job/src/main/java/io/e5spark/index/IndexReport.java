package io.e5spark.index;

import io.e5spark.lists.StatedIndex;
import io.e5spark.platform.Count;
import io.e5spark.table.IndexedTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * How well searches find with the index of a table, by the number of their probes.
 *
 * @param table what the user calls the table
 * @param rows the number of rows of the table
 * @param lists the number of lists of its index
 * @param unlisted the number of rows in no list, which every search reads
 * @param queries the number of queries that it was measured with
 * @param queriesAreRows whether they are rows of the table
 * @param points the results by probes
 * @param exactBytes the bytes that an exact search reads; null if it was not measured
 * @param exactSeconds the seconds of an exact search; null if it was not measured
 */
public record IndexReport(
    String table,
    long rows,
    int lists,
    long unlisted,
    int queries,
    boolean queriesAreRows,
    List<RecallPoint> points,
    @Nullable Long exactBytes,
    @Nullable Double exactSeconds) {

  /**
   * Only the recall, which takes one exact search.
   *
   * @param probes the numbers of lists to read
   * @throws IllegalArgumentException if the table has no index
   */
  public static IndexReport ofRecall(
      SparkSession spark, IndexedTable table, QuerySample queries, List<Integer> probes) {
    StatedIndex index = table.requiredIndex();
    List<Integer> wanted = probes.isEmpty() ? usual(index.lists()) : probes;
    List<RecallPoint> points = RecallCurve.of(spark, table, index, queries, wanted);
    return new IndexReport(
        table.name(),
        table.rows().count(),
        index.lists(),
        table.unlisted(index),
        queries.vectors().size(),
        queries.areOfTheTable(),
        points,
        null,
        null);
  }

  /** Powers of two up to an eighth of the lists, or up to 16 if there are few. */
  static List<Integer> usual(int lists) {
    int most = Math.max(lists / 8, Math.min(lists, 16));
    List<Integer> probes = new ArrayList<>(List.of(1));
    for (int next = 2; next <= most; next *= 2) {
      probes.add(next);
    }
    return probes;
  }

  /** The report with the bytes and the time of searches, which this method performs. */
  public IndexReport measured(
      SparkSession spark, IndexedTable indexed, QuerySample sample, PrintWriter err) {
    ProbeCost cost = new ProbeCost(spark, indexed, sample);
    err.println("Measuring exact searches");
    ProbeCost.Cost exact = cost.exact();
    List<RecallPoint> costly = new ArrayList<>();
    for (RecallPoint point : points) {
      err.println("Measuring searches with " + Count.of(point.probes(), "probe"));
      costly.add(point.with(cost.of(point.probes()), exact));
    }
    return new IndexReport(
        table,
        rows,
        lists,
        unlisted,
        queries,
        queriesAreRows,
        List.copyOf(costly),
        Math.round(exact.bytes()),
        exact.seconds());
  }

  /** The report for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Index of table %s: %s in %s, %s in none; %s%s%n",
            table,
            Count.of(rows, "row"),
            Count.of(lists, "list"),
            Count.of(unlisted, "row"),
            Count.of(queries, "query"),
            queriesAreRows ? ", which are rows of the table" : ""));
    text.append("  probes  recall@10  recall@100  rows read");
    text.append(exactSeconds == null ? "" : "  bytes read   seconds");
    points.forEach(point -> text.append(System.lineSeparator()).append(point.text()));
    if (exactSeconds != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n   exact     1.0000      1.0000   100.00 %%   100.00 %%  %8.3f",
              exactSeconds));
    }
    return text.toString();
  }
}
