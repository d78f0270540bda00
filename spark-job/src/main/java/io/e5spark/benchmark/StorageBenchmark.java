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
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Measures how vectors are stored: random ones, normally distributed and of norm 1, are written as
 * each type with several settings of Parquet, and read again.
 */
public final class StorageBenchmark {
  private static final double MILLION = 1e6;
  private static final int READINGS = 10;

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

  public StorageReport run(int rounds) {
    Dataset<Row> source = source().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      source.count();
      Map<StorageVariant, List<StorageReport.Cost>> costs = new LinkedHashMap<>();
      for (int round = 0; round <= rounds; round++) {
        for (StorageVariant variant : StorageVariant.ALL) {
          StorageReport.Cost cost = measure(source, variant);
          if (round > 0) {
            costs.computeIfAbsent(variant, missing -> new ArrayList<>()).add(cost);
          }
        }
        err.printf(Locale.ROOT, "Round %d of %d%n", round, rounds);
      }
      List<StorageReport.Line> lines = new ArrayList<>();
      costs.forEach((variant, all) -> lines.add(StorageReport.Line.median(variant.label(), all)));
      return new StorageReport(vectors, dimension, rounds, lines);
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

  private StorageReport.Cost measure(Dataset<Row> source, StorageVariant variant) {
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
      return new StorageReport.Cost(
          (double) bytes(work.resolve("stored")) / vectors / dimension,
          written,
          microseconds(path, "max(%s)".formatted(touched(variant.type()))),
          microseconds(path, "sum(e5_similarity(embedding, %s))".formatted(query)));
    } finally {
      variant.settings().keySet().forEach(spark.conf()::unset);
      FileUtil.fullyDelete(work.resolve("stored").toFile());
    }
  }

  /** An expression over a small part of a vector, for which Spark reads all of it. */
  private static String touched(VectorType type) {
    return type.form().isPresent() ? "octet_length(embedding)" : "embedding[0]";
  }

  /** The time of many reads in one query, so that planning it does not count. */
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
}
