package io.e5spark.sql;

import io.e5spark.config.Settings;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The Spark session of this package's tests. Its models record the texts that they embed. */
final class RecordedSession {
  static final RecordingModel MODEL = install("recorded");
  static final RecordingModel OTHER = install("other");

  private RecordedSession() {}

  private static RecordingModel install(String name) {
    return RecordingModel.install(Settings.read(Map.of("model", name)), name);
  }

  static SparkSession spark() {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.sql.extensions", E5Extensions.class.getName())
            .config("spark.sql.catalog.e5", E5FunctionCatalog.class.getName())
            .config("spark.e5.window-rows", "8")
            .config("spark.e5.model", "recorded")
            .config("spark.sql.warehouse.dir", "target/warehouse-" + ProcessHandle.current().pid())
            .getOrCreate();
    SparkSession.setActiveSession(spark);
    return spark;
  }
}
