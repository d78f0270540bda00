package io.e5spark.index;

import io.e5spark.platform.ColumnName;
import io.e5spark.report.Stopwatch;
import io.e5spark.table.IndexedTable;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** The bytes and the time of searches in a table, measured by performing some. */
record ProbeCost(SparkSession spark, IndexedTable table, QuerySample queries) {
  private static final int SEARCHES = 10;
  private static final int K = 10;

  /**
   * The average cost of one search.
   *
   * @param bytes the bytes that it reads from files
   * @param seconds its wall time
   */
  record Cost(double bytes, double seconds) {}

  /** The cost of searches with probes. */
  Cost of(int probes) {
    return measured(", probes => " + probes);
  }

  /** The cost of exact searches. */
  Cost exact() {
    return measured("");
  }

  private Cost measured(String option) {
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT score FROM e5_search(TABLE(SELECT %s FROM %s), :query, %d%s)",
            columns(),
            table.sql(),
            K,
            option);
    int searches = Math.min(SEARCHES, queries.vectors().size());
    search(sql, 0);
    try (BytesRead read = BytesRead.start(spark.sparkContext())) {
      Stopwatch watch = new Stopwatch();
      for (int query = 0; query < searches; query++) {
        search(sql, query);
      }
      double seconds = watch.seconds();
      return new Cost((double) read.settled() / searches, seconds / searches);
    }
  }

  /** Other columns might have a name of the result. */
  private String columns() {
    return Stream.of(table.properties().vectorColumn(), table.requiredIndex().column())
        .map(ColumnName::quoted)
        .collect(Collectors.joining(", "));
  }

  private void search(String sql, int query) {
    spark.sql(sql, Map.of("query", queries.vectors().get(query))).collectAsList();
  }
}
