package io.e5spark.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.octet_length;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.platform.Count;
import io.e5spark.report.Stopwatch;
import io.e5spark.sql.E5Functions;
import io.e5spark.table.VectorType;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compares a search in SQL, {@code ORDER BY e5_similarity(…) LIMIT 10} over random vectors, with a
 * query that only reads them, both from Delta and from Spark's cache.
 */
public final class SimilarityBenchmark {
  private static final Column FIRST = col(RandomVectors.VECTOR).getItem(0);
  private static final Column LENGTH = octet_length(col(RandomVectors.VECTOR));

  private final SparkSession spark;
  private final Settings settings;
  private final int dimension;
  private final int vectors;
  private final Path work;
  private final PrintWriter err;

  public SimilarityBenchmark(
      SparkSession spark, Settings settings, int vectors, Path work, PrintWriter err) {
    this.spark = spark;
    this.settings = settings;
    this.dimension = Models.inspect(settings).model().dimension();
    this.vectors = vectors;
    this.work = work;
    this.err = err;
  }

  /**
   * Vectors per CPU-second of the queries.
   *
   * @param scan reads from Delta
   * @param search searches in Delta
   * @param packedScan reads packed vectors from Delta
   * @param packedSearch searches packed vectors in Delta
   * @param cachedScan reads from the cache
   * @param cachedSearch searches in the cache
   */
  record Round(
      double scan,
      double search,
      double packedScan,
      double packedSearch,
      double cachedScan,
      double cachedSearch) {}

  /**
   * The result.
   *
   * @param median the median of each figure over the rounds, without a first round that warms up
   *     the compiler
   */
  public record Report(int vectors, int dimension, List<Round> rounds, Round median) {
    public String summary() {
      return String.format(
          Locale.ROOT,
          """
          %s of dimension %d, median of %s, vectors per CPU-second
          Delta          read %,.0f, search %,.0f
          Delta, packed  read %,.0f, search %,.0f
          Cache          read %,.0f, search %,.0f""",
          Count.of(vectors, "vector"),
          dimension,
          Count.of(rounds.size(), "round"),
          median.scan,
          median.search,
          median.packedScan,
          median.packedSearch,
          median.cachedScan,
          median.cachedSearch);
    }
  }

  public Report run(int rounds) {
    RandomVectors random = new RandomVectors(spark, vectors, dimension, work);
    Dataset<Row> delta = random.floats();
    Dataset<Row> packed = random.stored(delta, VectorType.PACKED);
    Dataset<Row> cached = delta.where("id is not null").cache();
    try {
      cached.count();
      round(delta, packed, cached);
      List<Round> measured = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        measured.add(round(delta, packed, cached));
        err.printf(Locale.ROOT, "Round %d of %d: %s%n", round, rounds, measured.get(round - 1));
      }
      return new Report(vectors, dimension, measured, median(measured));
    } finally {
      cached.unpersist();
    }
  }

  private Round round(Dataset<Row> delta, Dataset<Row> packed, Dataset<Row> cached) {
    return new Round(
        scan(delta, FIRST),
        search(delta),
        scan(packed, LENGTH),
        search(packed),
        scan(cached, FIRST),
        search(cached));
  }

  private double scan(Dataset<Row> table, Column read) {
    return perCpuSecond(table.agg(max(read)));
  }

  private double search(Dataset<Row> table) {
    Column query = E5Functions.embed(lit("how much protein"), InputType.QUERY, settings);
    Column similarity = E5Functions.similarity(col(RandomVectors.VECTOR), query);
    return perCpuSecond(table.orderBy(similarity.desc()).limit(10).select("id"));
  }

  private double perCpuSecond(Dataset<Row> query) {
    Stopwatch stopwatch = new Stopwatch();
    query.collectAsList();
    return vectors / stopwatch.cpuSeconds();
  }

  private static Round median(List<Round> rounds) {
    return new Round(
        Rounds.median(rounds, Round::scan),
        Rounds.median(rounds, Round::search),
        Rounds.median(rounds, Round::packedScan),
        Rounds.median(rounds, Round::packedSearch),
        Rounds.median(rounds, Round::cachedScan),
        Rounds.median(rounds, Round::cachedSearch));
  }
}
