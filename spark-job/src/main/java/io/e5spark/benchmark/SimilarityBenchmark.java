package io.e5spark.benchmark;

import static org.apache.spark.sql.functions.expr;

import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.report.Stopwatch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Measures a search in SQL, {@code ORDER BY e5_similarity(…) LIMIT 10} over random vectors, against
 * a query that only reads them, both from Delta and from Spark's cache.
 */
public final class SimilarityBenchmark {
  private static final String DELTA = "e5_similarity_delta";
  private static final String CACHED = "e5_similarity_cached";

  private final SparkSession spark;
  private final int dimension;
  private final int vectors;
  private final Path work;
  private final PrintWriter err;

  public SimilarityBenchmark(
      SparkSession spark, Settings settings, int vectors, Path work, PrintWriter err) {
    this.spark = spark;
    this.dimension = Models.inspect(settings).model().dimension();
    this.vectors = vectors;
    this.work = work;
    this.err = err;
  }

  /**
   * Vectors per CPU-second of four queries.
   *
   * @param scan reads from Delta
   * @param search searches in Delta
   * @param cachedScan reads from the cache
   * @param cachedSearch searches in the cache
   */
  record Round(double scan, double search, double cachedScan, double cachedSearch) {}

  /**
   * What was measured.
   *
   * @param median of each figure over the rounds; a first round, for the compiler, is not in it
   */
  public record Report(int vectors, int dimension, List<Round> rounds, Round median) {
    public String summary() {
      return String.format(
          Locale.ROOT,
          """
          %,d vectors of %d dimensions, median of %d rounds, vectors per CPU-second
          Delta  read %,.0f, search %,.0f
          Cache  read %,.0f, search %,.0f""",
          vectors,
          dimension,
          rounds.size(),
          median.scan,
          median.search,
          median.cachedScan,
          median.cachedSearch);
    }
  }

  public Report run(int rounds) {
    prepare();
    try {
      round();
      List<Round> measured = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        measured.add(round());
        err.printf(Locale.ROOT, "Round %d of %d: %s%n", round, rounds, measured.get(round - 1));
      }
      return new Report(vectors, dimension, measured, median(measured));
    } finally {
      spark.catalog().uncacheTable(CACHED);
    }
  }

  private void prepare() {
    String path = work.resolve("random").toString();
    String random =
        String.format(
            Locale.ROOT, "transform(sequence(1, %d), i -> float(rand(17) - 0.5))", dimension);
    int files = spark.sparkContext().defaultParallelism();
    spark
        .range(0, vectors, 1, files)
        .withColumn("embedding", expr(random))
        .write()
        .format("delta")
        .save(path);
    spark.read().format("delta").load(path).createOrReplaceTempView(DELTA);
    spark.sql(
        "cache table %s as select id, embedding from %s where id >= 0".formatted(CACHED, DELTA));
  }

  private Round round() {
    return new Round(scan(DELTA), search(DELTA), scan(CACHED), search(CACHED));
  }

  private double scan(String table) {
    return perCpuSecond("select max(embedding[0]) from " + table);
  }

  private double search(String table) {
    return perCpuSecond(
        "select id from %s order by e5_similarity(embedding, e5_embed('how much protein', 'query')) desc limit 10"
            .formatted(table));
  }

  private double perCpuSecond(String sql) {
    Stopwatch stopwatch = new Stopwatch();
    spark.sql(sql).collectAsList();
    return vectors / stopwatch.cpuSeconds();
  }

  private static Round median(List<Round> rounds) {
    return new Round(
        Rounds.median(rounds, Round::scan),
        Rounds.median(rounds, Round::search),
        Rounds.median(rounds, Round::cachedScan),
        Rounds.median(rounds, Round::cachedSearch));
  }
}
