package io.e5spark.job;

import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.session.Session;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;

/** Runs commands as a user does, on the tests' one Spark session. */
final class Cli {
  private Cli() {}

  /**
   * What a command left.
   *
   * @param code exit code
   * @param out stdout
   * @param err stderr
   */
  record Result(int code, String out, String err) {}

  static Result run(String... arguments) {
    spark();
    return withoutSession(arguments);
  }

  /** Runs a command without making the tests' session that of this thread. */
  static Result withoutSession(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  /** The session, the same for all tests of the JVM. */
  static synchronized SparkSession spark() {
    if (SparkSession.getActiveSession().isEmpty()) {
      SparkSession.setActiveSession(
          SparkSession.getDefaultSession().isDefined()
              ? SparkSession.getDefaultSession().get()
              : start());
    }
    return SparkSession.active();
  }

  private static SparkSession start() {
    CommonOptions options = new CommonOptions();
    options.master = "local[2]";
    options.conf.put(
        "spark.sql.warehouse.dir", "target/warehouse-" + ProcessHandle.current().pid());
    options.conf.put("spark.sql.shuffle.partitions", "2");
    options.conf.put("spark.ui.enabled", "true");
    options.conf.put("spark.ui.port", "0");
    options.conf.put(
        "spark.metrics.conf.*.sink.prometheusServlet.class",
        "org.apache.spark.metrics.sink.PrometheusServlet");
    options.conf.put("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus");
    options.conf.put("spark.databricks.delta.snapshotPartitions", "1");
    options.conf.put(
        "spark.hadoop.fs.other.impl", TestModelDirectories.OtherFileSystem.class.getName());
    return Session.open(options, new PrintWriter(System.err, true, StandardCharsets.UTF_8)).spark();
  }
}
