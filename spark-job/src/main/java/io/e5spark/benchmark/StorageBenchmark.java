package io.e5spark.benchmark;

import static org.apache.spark.sql.functions.expr;

import io.e5spark.report.Stopwatch;
import io.e5spark.table.VectorType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Measures how vectors are stored: random ones, normally distributed and of norm 1, written as each
 * type with several settings of Parquet, and read again.
 */
public final class StorageBenchmark {
  private static final String CODEC = "spark.sql.parquet.compression.codec";
  private static final double MILLION = 1e6;
  private static final int READINGS = 10;
  private static final String DICTIONARY = "parquet.enable.dictionary";

  private static final List<Variant> VARIANTS =
      List.of(
          new Variant(VectorType.FLOAT, Map.of(CODEC, "snappy", DICTIONARY, "true")),
          new Variant(VectorType.FLOAT, Map.of(CODEC, "snappy", DICTIONARY, "false")),
          new Variant(VectorType.FLOAT, Map.of(CODEC, "zstd", DICTIONARY, "true")),
          new Variant(VectorType.FLOAT, Map.of(CODEC, "zstd", DICTIONARY, "false")),
          new Variant(VectorType.FLOAT, Map.of(CODEC, "uncompressed", DICTIONARY, "false")),
          new Variant(VectorType.PACKED, Map.of(CODEC, "snappy", DICTIONARY, "false")),
          new Variant(VectorType.PACKED, Map.of(CODEC, "zstd", DICTIONARY, "false")),
          new Variant(VectorType.PACKED, Map.of(CODEC, "uncompressed", DICTIONARY, "false")),
          new Variant(VectorType.HALF, Map.of(CODEC, "zstd", DICTIONARY, "false")),
          new Variant(VectorType.HALF, Map.of(CODEC, "uncompressed", DICTIONARY, "false")),
          new Variant(VectorType.INT8, Map.of(CODEC, "snappy", DICTIONARY, "true")),
          new Variant(VectorType.INT8, Map.of(CODEC, "zstd", DICTIONARY, "true")),
          new Variant(VectorType.BINARY, Map.of(CODEC, "snappy", DICTIONARY, "true")),
          new Variant(VectorType.BINARY, Map.of(CODEC, "zstd", DICTIONARY, "false")));

  private final SparkSession spark;
  private final int vectors;
  private final int dimension;
  private final Path work;
  private final PrintWriter err;

  public StorageBenchmark(
      SparkSession spark, int vectors, int dimension, Path work, PrintWriter err) {
    this.spark = spark;
    this.vectors = vectors;
    this.dimension = dimension;
    this.work = work;
    this.err = err;
  }

  /** One way to store vectors. */
  record Variant(VectorType type, Map<String, String> settings) {
    String label() {
      return type
          + new TreeMap<>(settings)
              .entrySet().stream()
                  .map(
                      entry ->
                          ", " + entry.getKey().replaceAll(".*\\.", "") + "=" + entry.getValue())
                  .collect(Collectors.joining());
    }
  }

  /**
   * What a variant costs.
   *
   * @param bytes of the files, by component
   * @param write microseconds of CPU per vector
   * @param read the same of reading alone
   * @param search the same of reading and computing a score
   */
  record Cost(double bytes, double write, double read, double search) {}

  /** A variant with its median cost. */
  record Line(String variant, Cost cost) {}

  /** All variants, medians over the rounds. */
  public record Report(int vectors, int dimension, int rounds, List<Line> lines) {
    public String summary() {
      String head =
          String.format(
              Locale.ROOT,
              "%,d vectors of %d dimensions, median of %d rounds%n%-46s %10s %10s %10s %10s %15s%n",
              vectors,
              dimension,
              rounds,
              "",
              "bytes/dim",
              "write µs",
              "read µs",
              "search µs",
              "searched/CPU-s");
      return head
          + lines.stream()
              .map(
                  line ->
                      String.format(
                          Locale.ROOT,
                          "%-46s %10.3f %10.1f %10.1f %10.1f %,15.0f",
                          line.variant,
                          line.cost.bytes,
                          line.cost.write,
                          line.cost.read,
                          line.cost.search,
                          MILLION / line.cost.search))
              .collect(Collectors.joining("\n"));
    }
  }

  public Report run(int rounds) {
    Dataset<Row> source = source().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      source.count();
      Map<Variant, List<Cost>> costs = new LinkedHashMap<>();
      for (int round = 0; round <= rounds; round++) {
        for (Variant variant : VARIANTS) {
          Cost cost = measure(source, variant);
          if (round > 0) {
            costs.computeIfAbsent(variant, missing -> new ArrayList<>()).add(cost);
          }
        }
        err.printf(Locale.ROOT, "Round %d of %d%n", round, rounds);
      }
      List<Line> lines = new ArrayList<>();
      costs.forEach((variant, all) -> lines.add(new Line(variant.label(), median(all))));
      return new Report(vectors, dimension, rounds, lines);
    } finally {
      source.unpersist();
    }
  }

  private Dataset<Row> source() {
    String random =
        String.format(Locale.ROOT, "transform(sequence(1, %d), i -> randn(17))", dimension);
    String squares = "sqrt(aggregate(raw, 0d, (sum, x) -> sum + x * x))";
    return spark
        .range(0, vectors, 1, spark.sparkContext().defaultParallelism())
        .withColumn("raw", expr(random))
        .withColumn("norm", expr(squares))
        .selectExpr("id", "transform(raw, x -> float(x / norm)) AS embedding");
  }

  private Cost measure(Dataset<Row> source, Variant variant) {
    String path = work.resolve("stored").toString();
    variant.settings().forEach(spark.conf()::set);
    try {
      Stopwatch write = new Stopwatch();
      source
          .withColumn("embedding", variant.type().stored(source.col("embedding"), dimension))
          .write()
          .format("delta")
          .mode(SaveMode.Overwrite)
          .option("overwriteSchema", "true")
          .save(path);
      double written = MILLION * write.cpuSeconds() / vectors;
      String query = String.format(Locale.ROOT, "array_repeat(float(0.1), %d)", dimension);
      return new Cost(
          (double) bytes(work.resolve("stored")) / vectors / dimension,
          written,
          microseconds(path, "max(%s)".formatted(touched(variant.type()))),
          microseconds(path, "sum(e5_similarity(embedding, %s))".formatted(query)));
    } finally {
      variant.settings().keySet().forEach(spark.conf()::unset);
      FileUtil.fullyDelete(work.resolve("stored").toFile());
    }
  }

  /** Little of a vector, for which all of it is read. */
  private static String touched(VectorType type) {
    return type.form().isPresent() ? "octet_length(embedding)" : "embedding[0]";
  }

  /** Of many readings in one query, so that planning it does not count. */
  private double microseconds(String path, String sql) {
    Stopwatch stopwatch = new Stopwatch();
    Dataset<Row> table = spark.read().format("delta").load(path);
    Dataset<Row> readings =
        Stream.generate(() -> table).limit(READINGS).reduce(Dataset::union).orElseThrow();
    readings.selectExpr(sql).head();
    return MILLION * stopwatch.cpuSeconds() / vectors / READINGS;
  }

  private static long bytes(Path table) {
    try (Stream<Path> files = Files.walk(table)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + table + ": " + e.getMessage(), e);
    }
  }

  private static Cost median(List<Cost> costs) {
    return new Cost(
        Rounds.median(costs, Cost::bytes),
        Rounds.median(costs, Cost::write),
        Rounds.median(costs, Cost::read),
        Rounds.median(costs, Cost::search));
  }
}
