package io.e5spark.job;

import io.e5spark.sql.E5Extensions;
import io.e5spark.sql.E5Plugin;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The Spark session of one command; stopped at its end if the command started it. */
final class Session implements AutoCloseable {
  private static final List<String> EXTENSIONS =
      List.of(E5Extensions.class.getName(), "io.delta.sql.DeltaSparkSessionExtension");
  private static final String DELTA_CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog";

  /** Loggers that repeat, with a stack trace, what the command reports in a line. */
  private static final List<String> REPEATED =
      List.of(
          "org.apache.spark.executor.Executor",
          "org.apache.spark.scheduler.TaskSetManager",
          "org.apache.spark.util.Utils",
          "org.apache.spark.sql.execution.datasources.FileFormatWriter",
          "org.apache.spark.sql.delta.files.DeltaFileFormatWriter");

  private static final String PREFIX = SettingsSources.SPARK_PREFIX;

  private final SparkSession spark;
  private final boolean started;
  private final Map<String, String> settingsBefore;

  private Session(SparkSession spark, boolean started) {
    this.spark = spark;
    this.started = started;
    this.settingsBefore = SettingsSources.of(spark);
  }

  /** The session of this thread or, if it has none, of this process; else a new one. */
  static Session open(CommonOptions options) {
    if (!options.verbose) {
      Configurator.setRootLevel(Level.ERROR);
      REPEATED.forEach(logger -> Configurator.setLevel(logger, Level.OFF));
    }
    Option<SparkSession> running =
        SparkSession.getActiveSession().orElse(SparkSession::getDefaultSession);
    if (running.isDefined()) {
      return new Session(running.get(), false);
    }
    SparkConf conf = new SparkConf();
    options.conf.forEach(conf::set);
    if (options.master != null) {
      conf.setMaster(options.master);
    }
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "e5-spark");
    add(conf, "spark.sql.extensions", EXTENSIONS);
    add(conf, "spark.plugins", List.of(E5Plugin.class.getName()));
    conf.setIfMissing("spark.sql.catalog.spark_catalog", DELTA_CATALOG);
    if (conf.get("spark.master").startsWith("local")) {
      onThisMachine(conf);
    }
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    spark.sparkContext().setLogLevel(options.verbose ? "INFO" : "ERROR");
    return new Session(spark, true);
  }

  private static void add(SparkConf conf, String key, List<String> ours) {
    Set<String> all = new LinkedHashSet<>(ours);
    for (String configured : conf.get(key, "").split(",", -1)) {
      if (!configured.isBlank()) {
        all.add(configured.strip());
      }
    }
    conf.set(key, String.join(",", all));
  }

  /** Nothing listens beyond this machine, progress comes often, a small table makes few files. */
  private static void onThisMachine(SparkConf conf) {
    conf.setIfMissing("spark.driver.host", "127.0.0.1");
    conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.executor.heartbeatInterval", "2s");
    conf.setIfMissing("spark.sql.shuffle.partitions", "8");
    conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "2");
  }

  SparkSession spark() {
    return spark;
  }

  /** Gives the session these settings, for the SQL functions, until this is closed. */
  void apply(Map<String, String> settings) {
    SettingsSources.of(spark).keySet().forEach(key -> spark.conf().unset(PREFIX + key));
    settings.forEach((key, value) -> spark.conf().set(PREFIX + key, value));
  }

  @Override
  public void close() {
    if (started) {
      spark.stop();
    } else {
      apply(settingsBefore);
    }
  }
}
