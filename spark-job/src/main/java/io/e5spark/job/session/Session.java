package io.e5spark.job.session;

import io.e5spark.config.Settings;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.option.SettingsSources;
import io.e5spark.platform.SessionCopy;
import io.e5spark.sql.E5Extensions;
import io.e5spark.sql.E5Functions;
import io.e5spark.sql.E5Plugin;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The Spark session of one command: a new one, which is stopped at the end of the command, or an
 * existing one, which belongs to somebody else and is left unchanged.
 */
public final class Session implements AutoCloseable {
  private static final List<String> EXTENSIONS =
      List.of(E5Extensions.class.getName(), "io.delta.sql.DeltaSparkSessionExtension");
  private static final String DELTA_CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog";
  private static final String PREFIX = SettingsSources.SPARK_PREFIX;

  private final SparkSession spark;
  private final boolean started;
  private final Runnable restore;

  private Session(SparkSession spark, boolean started, Runnable restore) {
    this.spark = spark;
    this.started = started;
    this.restore = restore;
  }

  /**
   * The session of this thread or, if it has none, of this process; otherwise a new one.
   *
   * @param err receives a warning about options that an existing session cannot have
   */
  public static Session open(CommonOptions options, PrintWriter err) {
    return open(options, Map.of(), err);
  }

  /**
   * Like {@link #open(CommonOptions, PrintWriter)}.
   *
   * @param defaults settings of Spark that a new session has unless the options name others
   */
  public static Session open(CommonOptions options, Map<String, String> defaults, PrintWriter err) {
    Option<SparkSession> running =
        SparkSession.getActiveSession().orElse(SparkSession::getDefaultSession);
    return running.isDefined() ? found(running.get(), options, err) : start(options, defaults);
  }

  private static Session found(SparkSession spark, CommonOptions options, PrintWriter err) {
    if (options.master != null || !options.conf.isEmpty()) {
      err.println(
          "Warning: --master and --conf have no effect, because this process already has a Spark session");
    }
    return new Session(beside(spark), false, () -> {});
  }

  /** The session itself if it has the functions, or else a copy that has them. */
  private static SparkSession beside(SparkSession found) {
    return E5Functions.areIn(found) ? found : copy(found);
  }

  private static SparkSession copy(SparkSession found) {
    SparkSession copy = SessionCopy.of(found, Map.of(), Map.of());
    if (!E5Functions.areIn(copy)) {
      E5Functions.install(copy);
    }
    return copy;
  }

  private static Session start(CommonOptions options, Map<String, String> defaults) {
    Runnable restore = prepareProcess(options);
    try {
      SparkSession spark = SparkSession.builder().config(conf(options, defaults)).getOrCreate();
      spark.sparkContext().setLogLevel(options.verbose ? "INFO" : "ERROR");
      return new Session(spark, true, restore);
    } catch (RuntimeException | Error e) {
      restore.run();
      throw e;
    }
  }

  /**
   * Silences the log and sets the locale of numbers: Spark and Delta name files by numbers in the
   * locale of the process, and nobody can read such a table in another locale with other digits.
   */
  private static Runnable prepareProcess(CommonOptions options) {
    Locale locale = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    QuietLog quiet = options.verbose ? null : new QuietLog();
    return () -> {
      Locale.setDefault(Locale.Category.FORMAT, locale);
      if (quiet != null) {
        quiet.close();
      }
    };
  }

  static SparkConf conf(CommonOptions options, Map<String, String> defaults) {
    SparkConf conf = new SparkConf();
    options.conf.forEach(conf::set);
    defaults.forEach(conf::setIfMissing);
    if (options.master != null) {
      conf.setMaster(options.master);
    }
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "e5-spark");
    conf.setIfMissing(SessionCopy.OWN_CLASSES, "false");
    // One merge has more generated classes than Spark keeps, and a class that is made anew is also
    // optimized anew.
    conf.setIfMissing("spark.sql.codegen.cache.maxEntries", "1000");
    add(conf, "spark.sql.extensions", EXTENSIONS);
    add(conf, "spark.plugins", List.of(E5Plugin.class.getName()));
    conf.setIfMissing("spark.sql.catalog.spark_catalog", DELTA_CATALOG);
    if (conf.get("spark.master").startsWith("local")) {
      onThisMachine(conf);
    }
    return conf;
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

  /**
   * Nothing listens beyond this machine, progress is reported often, and a small table has few
   * files.
   */
  private static void onThisMachine(SparkConf conf) {
    conf.setIfMissing("spark.driver.host", "127.0.0.1");
    conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.executor.heartbeatInterval", "2s");
    // The tasks run in the process of the command, which would end without a message.
    conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    conf.setIfMissing("spark.sql.shuffle.partitions", "8");
    conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "2");
  }

  public SparkSession spark() {
    return spark;
  }

  /** Whether Spark's own catalog began with the command, and so may end with it. */
  public boolean ownsCatalog() {
    return started && DELTA_CATALOG.equals(spark.conf().get("spark.sql.catalog.spark_catalog"));
  }

  /** A session of the command's own, whose SQL functions use these settings. */
  public SparkSession withSettings(Settings settings) {
    SparkSession own = started ? spark : copy(spark);
    SettingsSources.of(own).keySet().forEach(key -> own.conf().unset(PREFIX + key));
    settings.byKey().forEach((key, value) -> own.conf().set(PREFIX + key, value));
    return own;
  }

  @Override
  public void close() {
    if (started) {
      spark.stop();
    }
    restore.run();
  }
}
