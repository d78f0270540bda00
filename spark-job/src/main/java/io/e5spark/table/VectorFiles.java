package io.e5spark.table;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a vector table: Zstandard, no dictionary of values that hardly ever repeat, and no
 * file much larger than 256 MiB. A session's own settings for these come first.
 */
record VectorFiles(SparkSession spark, VectorProperties properties) {
  private static final long BYTES = 256L << 20;
  private static final int OTHER_BYTES_A_ROW = 100;

  /** Runs what writes files. */
  void write(Runnable commit) {
    Map<String, String> added = settings();
    added.keySet().removeIf(key -> spark.conf().getAll().contains(key));
    added.forEach(spark.conf()::set);
    try {
      commit.run();
    } finally {
      added.keySet().forEach(spark.conf()::unset);
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.parquet.compression.codec", "zstd");
    settings.put("spark.sql.files.maxRecordsPerFile", Long.toString(rows()));
    properties
        .vectorType()
        .unrepeatedValues(properties.vectorColumn())
        .ifPresent(path -> settings.put("parquet.enable.dictionary#" + path, "false"));
    return settings;
  }

  private long rows() {
    double bytes = properties.vectorType().bytes() * properties.dimension() + OTHER_BYTES_A_ROW;
    return Math.round(BYTES / bytes);
  }
}
