package io.e5spark.benchmark;

import io.e5spark.index.IndexJob;
import io.e5spark.index.IndexReport;
import io.e5spark.index.IndexRequest;
import io.e5spark.index.IndexSummary;
import io.e5spark.index.QuerySample;
import io.e5spark.platform.Count;
import io.e5spark.report.Stopwatch;
import io.e5spark.table.IndexedTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Measures an index over vectors that cluster as real ones do: the vectors of a table, each many
 * times over with a little noise. The queries are vectors of that table, without noise.
 */
public final class IndexBenchmark {
  private static final long SEED = 1;

  private final SparkSession spark;
  private final String real;
  private final int rows;
  private final int queries;
  private final Path work;
  private final PrintWriter err;

  /**
   * Prepares it.
   *
   * @param real a vector table
   * @param rows the least number of rows of the indexed table
   */
  public IndexBenchmark(
      SparkSession spark, String real, int rows, int queries, Path work, PrintWriter err) {
    this.spark = spark;
    this.real = real;
    this.rows = rows;
    this.queries = queries;
    this.work = work;
    this.err = err;
  }

  /**
   * The result.
   *
   * @param cpuSeconds the CPU time of making the index
   */
  public record Report(IndexSummary index, double cpuSeconds, IndexReport recall) {
    public String summary() {
      return String.format(
          Locale.ROOT, "%s; %.0f CPU-seconds%n%s", index.text(), cpuSeconds, recall.text());
    }
  }

  public Report run() {
    String path = work.resolve("vectors").toString();
    err.println("Making %s of those of %s".formatted(Count.of(rows, "vector"), real));
    new MultipliedVectors(spark, new IndexedTable(spark, real), rows).write(path);
    IndexRequest request = new IndexRequest(null, IndexRequest.Training.IF_NEEDED, SEED);
    Stopwatch watch = new Stopwatch();
    IndexSummary summary = new IndexJob(spark, path, request, err).run();
    double cpuSeconds = watch.cpuSeconds();
    IndexedTable table = new IndexedTable(spark, path);
    QuerySample sample = QuerySample.of(spark, table, Optional.of(real), queries);
    IndexReport recall =
        IndexReport.ofRecall(spark, table, sample, List.of()).measured(spark, table, sample, err);
    return new Report(summary, cpuSeconds, recall);
  }
}
