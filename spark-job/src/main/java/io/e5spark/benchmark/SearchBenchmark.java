package io.e5spark.benchmark;

import io.e5spark.platform.Count;
import io.e5spark.report.Stopwatch;
import io.e5spark.search.ExactSearch;
import io.e5spark.search.QueryVectors;
import io.e5spark.table.VectorType;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compares the exact search of the evaluation over random vectors with the machine's own rate of
 * matrix products, in one process and in turn.
 */
public final class SearchBenchmark {
  private final SparkSession spark;
  private final Shape shape;
  private final Path work;
  private final PrintWriter err;

  /** The sizes of the search. */
  public record Shape(int queries, int documents, int dimension, int k) {
    double operations() {
      return 2.0 * queries * documents * dimension;
    }
  }

  public SearchBenchmark(SparkSession spark, Shape shape, Path work, PrintWriter err) {
    this.spark = spark;
    this.shape = shape;
    this.work = work;
    this.err = err;
  }

  /**
   * One round, in units of 10^9 floating-point operations per second, for all task threads
   * together.
   *
   * @param product the product of two square matrices
   * @param cached the search over vectors in Spark's cache
   * @param delta the search over vectors in a Delta table
   * @param packed the search over packed vectors in a Delta table
   * @param cachedRatio {@code cached / product}
   * @param deltaRatio {@code delta / product}
   * @param packedRatio {@code packed / product}
   */
  record Round(
      double product,
      double cached,
      double delta,
      double packed,
      double cachedRatio,
      double deltaRatio,
      double packedRatio) {}

  /** The result, without a first round that warms up the compiler. */
  public record Report(Shape shape, int threads, List<Round> rounds, Round median) {
    public String summary() {
      return String.format(
          Locale.ROOT,
          """
          %s, %s of dimension %,d, k = %,d, %s, median of %s
          Matrix product      %,.1f GFLOP/s
          Search, from cache  %,.1f GFLOP/s, %.2f of the matrix product
          Search, from Delta  %,.1f GFLOP/s, %.2f of the matrix product
          The same, packed    %,.1f GFLOP/s, %.2f of the matrix product""",
          Count.of(shape.queries, "query"),
          Count.of(shape.documents, "document"),
          shape.dimension,
          shape.k,
          Count.of(threads, "thread"),
          Count.of(rounds.size(), "round"),
          median.product,
          median.cached,
          median.cachedRatio,
          median.delta,
          median.deltaRatio,
          median.packed,
          median.packedRatio);
    }
  }

  public Report run(int rounds) throws InterruptedException, ExecutionException {
    RandomVectors vectors = new RandomVectors(spark, shape.documents, shape.dimension, work);
    Dataset<Row> delta = vectors.floats();
    Dataset<Row> packed = vectors.stored(delta, VectorType.PACKED);
    Dataset<Row> cached = delta.where("id is not null").cache();
    try {
      cached.count();
      QueryVectors queries = queries();
      round(cached, delta, packed, queries);
      List<Round> measured = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        measured.add(round(cached, delta, packed, queries));
        err.printf(Locale.ROOT, "Round %d of %d: %s%n", round, rounds, measured.get(round - 1));
      }
      return new Report(shape, threads(), measured, median(measured));
    } finally {
      cached.unpersist();
    }
  }

  private int threads() {
    return spark.sparkContext().defaultParallelism();
  }

  private Round round(
      Dataset<Row> cached, Dataset<Row> delta, Dataset<Row> packed, QueryVectors queries)
      throws InterruptedException, ExecutionException {
    double product = product();
    double fromCache = search(cached, queries);
    double fromDelta = search(delta, queries);
    double fromPacked = search(packed, queries);
    return new Round(
        product,
        fromCache,
        fromDelta,
        fromPacked,
        fromCache / product,
        fromDelta / product,
        fromPacked / product);
  }

  private double search(Dataset<Row> documents, QueryVectors queries) {
    Stopwatch stopwatch = new Stopwatch();
    new ExactSearch(shape.k, true).run(documents, queries, (query, found) -> {});
    return shape.operations() / stopwatch.seconds() / 1e9;
  }

  /** The rate of square products on as many threads as there are task threads. */
  private double product() throws InterruptedException, ExecutionException {
    ExecutorService workers = Executors.newFixedThreadPool(threads());
    try {
      Callable<Double> worker = SearchBenchmark::productsOfOneThread;
      double rate = 0;
      for (Future<Double> one : workers.invokeAll(Collections.nCopies(threads(), worker))) {
        rate += one.get();
      }
      return rate;
    } finally {
      workers.shutdown();
    }
  }

  private static double productsOfOneThread() {
    try (PeakRate products = new PeakRate()) {
      Stopwatch stopwatch = new Stopwatch();
      return products.run() / stopwatch.seconds() / 1e9;
    }
  }

  private QueryVectors queries() {
    Random random = new Random(-1);
    List<String> ids = IntStream.range(0, shape.queries).mapToObj(i -> "query-" + i).toList();
    return new QueryVectors(
        ids, ids.stream().map(id -> RandomVectors.vector(random, shape.dimension)).toList());
  }

  private static Round median(List<Round> rounds) {
    return new Round(
        Rounds.median(rounds, Round::product),
        Rounds.median(rounds, Round::cached),
        Rounds.median(rounds, Round::delta),
        Rounds.median(rounds, Round::packed),
        Rounds.median(rounds, Round::cachedRatio),
        Rounds.median(rounds, Round::deltaRatio),
        Rounds.median(rounds, Round::packedRatio));
  }
}
