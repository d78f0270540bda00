package io.e5spark.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;

/** How texts are stored. */
public enum SourceFormat {
  /** Found out from what lies there: a Delta log, or the ending of the first data file. */
  AUTO,
  /** A Delta table. */
  DELTA,
  /** Parquet files. */
  PARQUET,
  /** JSON lines, one object per line; a source with a line that is not a JSON object is refused. */
  JSON,
  /** CSV with a header line and RFC 4180 quotes; all columns are strings. */
  CSV;

  private static final Map<String, String> CSV_OPTIONS =
      Map.ofEntries(
          Map.entry("mode", "FAILFAST"),
          Map.entry("header", "true"),
          // Files whose header has other columns, or in another order, are refused.
          Map.entry("enforceSchema", "false"),
          Map.entry("multiLine", "true"),
          Map.entry("escape", "\""));

  /** Whether it can be a Delta table. */
  boolean isDelta() {
    return this == AUTO || this == DELTA;
  }

  /** Reads a path. */
  Dataset<Row> read(SparkSession spark, String path) {
    return switch (this) {
      case AUTO -> detect(spark, path).read(spark, path);
      case DELTA -> spark.read().format("delta").load(path);
      case PARQUET -> spark.read().parquet(path);
      case JSON -> new JsonLines(spark, path).read();
      case CSV -> spark.read().options(CSV_OPTIONS).csv(path);
    };
  }

  /** Reads a path's files as they come. */
  Dataset<Row> stream(DataStreamReader reader, SparkSession spark, String path) {
    return switch (this) {
      case AUTO -> detect(spark, path).stream(reader, spark, path);
      case DELTA -> reader.format("delta").load(path);
      case PARQUET -> reader.parquet(path);
      case JSON -> reader.option("mode", "FAILFAST").json(path);
      case CSV -> reader.options(CSV_OPTIONS).csv(path);
    };
  }

  private static SourceFormat detect(SparkSession spark, String location) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
      if (files.exists(new Path(path, "_delta_log"))) {
        return DELTA;
      }
      return firstDataFile(files, path)
          .flatMap(SourceFormat::ofFile)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Cannot tell the format of %s (name it with --input-format delta|parquet|json|csv)"
                          .formatted(location)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + location + ": " + e.getMessage(), e);
    }
  }

  private static Optional<String> firstDataFile(FileSystem files, Path path) throws IOException {
    RemoteIterator<LocatedFileStatus> found = files.listFiles(path, true);
    while (found.hasNext()) {
      String name = found.next().getPath().getName();
      if (!name.startsWith("_") && !name.startsWith(".")) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** The format of a data file by the ending of its name, before which it may be compressed. */
  static Optional<SourceFormat> ofFile(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst|zstd|snappy)$", "");
    return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
      case "parquet" -> Optional.of(PARQUET);
      case "json", "jsonl", "ndjson" -> Optional.of(JSON);
      case "csv" -> Optional.of(CSV);
      default -> Optional.empty();
    };
  }

  /** The names that the command line takes. */
  public static String names() {
    return String.join("|", Arrays.stream(values()).map(SourceFormat::toString).toList());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
