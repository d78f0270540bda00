package io.e5spark.benchmark;

import io.e5spark.benchmark.SearchBenchmark.Shape;
import io.e5spark.platform.Count;
import io.e5spark.report.Stopwatch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Compares {@code e5_nearest} over random vectors in Delta with the machine's own rate of matrix
 * products, and with a cross join with a window over fewer of the same vectors, in CPU time, in one
 * process and in turn.
 */
public final class JoinBenchmark {
  private static final int FEW_QUERIES = 100;
  private static final int FEW_ROWS = 4_000;

  private final SparkSession spark;
  private final Shape shape;
  private final Path work;
  private final PrintWriter err;

  public JoinBenchmark(SparkSession spark, Shape shape, Path work, PrintWriter err) {
    this.spark = spark;
    this.shape = shape;
    this.work = work;
    this.err = err;
  }

  /**
   * One round, per CPU-second.
   *
   * @param product the floating-point operations of two square matrices, in units of 10^9
   * @param join the floating-point operations of the join, in the same unit
   * @param ratio {@code join / product}
   * @param joinPairs the pairs that the join compares
   * @param crossPairs the pairs that the cross join compares
   */
  record Round(double product, double join, double ratio, double joinPairs, double crossPairs) {}

  /** The result, without a first round that warms up the compiler. */
  public record Report(Shape shape, List<Round> rounds, Round median) {
    public String summary() {
      return String.format(
          Locale.ROOT,
          """
          %s, %s of dimension %d, k = %d, median of %s, per CPU-second
          Matrix product      %,.1f GFLOP
          e5_nearest          %,.1f GFLOP, %.2f of the matrix product; %,.0f pairs
          CROSS JOIN, window  %,.0f pairs of %,d x %,d""",
          Count.of(shape.queries(), "query"),
          Count.of(shape.documents(), "vector"),
          shape.dimension(),
          shape.k(),
          Count.of(rounds.size(), "round"),
          median.product,
          median.join,
          median.ratio,
          median.joinPairs,
          median.crossPairs,
          Math.min(FEW_QUERIES, shape.queries()),
          Math.min(FEW_ROWS, shape.documents()));
    }
  }

  public Report run(int rounds) {
    Path queries = work.resolve("queries");
    Path vectors = work.resolve("vectors");
    new RandomVectors(spark, shape.queries(), shape.dimension(), work).floats("queries", "query-");
    new RandomVectors(spark, shape.documents(), shape.dimension(), work)
        .floats("vectors", "vector-");
    round(queries, vectors);
    List<Round> measured = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      measured.add(round(queries, vectors));
      err.printf(Locale.ROOT, "Round %d of %d: %s%n", round, rounds, measured.get(round - 1));
    }
    return new Report(shape, measured, median(measured));
  }

  private Round round(Path queries, Path vectors) {
    double product = product();
    double pairs = (double) shape.queries() * shape.documents();
    double joined = pairs / cpuSeconds(join(queries, vectors));
    int few = Math.min(FEW_QUERIES, shape.queries());
    int rows = Math.min(FEW_ROWS, shape.documents());
    String cross = crossJoin(queries, few, vectors, rows);
    double crossed = (double) few * rows / cpuSeconds(cross);
    double join = 2.0 * joined * shape.dimension() / 1e9;
    return new Round(product, join, join / product, joined, crossed);
  }

  private String join(Path queries, Path vectors) {
    return String.format(
        Locale.ROOT,
        "SELECT query.id, nearest.id, score FROM e5_nearest('%s', '%s', %d, vector_column => 'embedding', query_column => 'embedding')",
        queries,
        vectors,
        shape.k());
  }

  private String crossJoin(Path queries, int few, Path vectors, int rows) {
    return String.format(
        Locale.ROOT,
        """
        SELECT * FROM (SELECT q.id q, v.id v, e5_similarity(q.embedding, v.embedding) s,
          row_number() OVER (PARTITION BY q.id ORDER BY e5_similarity(q.embedding, v.embedding) DESC) rank
          FROM (SELECT * FROM delta.`%s` LIMIT %d) q CROSS JOIN (SELECT * FROM delta.`%s` LIMIT %d) v)
        WHERE rank <= %d""",
        queries,
        few,
        vectors,
        rows,
        shape.k());
  }

  private static double product() {
    try (PeakRate products = new PeakRate()) {
      Stopwatch stopwatch = new Stopwatch();
      return products.run() / stopwatch.cpuSeconds() / 1e9;
    }
  }

  private double cpuSeconds(String sql) {
    Stopwatch stopwatch = new Stopwatch();
    spark.sql(sql).write().format("noop").mode("overwrite").save();
    return stopwatch.cpuSeconds();
  }

  private static Round median(List<Round> rounds) {
    return new Round(
        Rounds.median(rounds, Round::product),
        Rounds.median(rounds, Round::join),
        Rounds.median(rounds, Round::ratio),
        Rounds.median(rounds, Round::joinPairs),
        Rounds.median(rounds, Round::crossPairs));
  }
}
