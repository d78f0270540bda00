package io.e5spark.job;

import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.session.Session;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;

/** Runs commands as a user does, in the one Spark session of the tests. */
final class Cli {
  private Cli() {}

  /**
   * The result of a command.
   *
   * @param code the exit code
   * @param out the output on stdout
   * @param err the output on stderr
   */
  record Result(int code, String out, String err) {}

  static Result run(String... arguments) {
    spark();
    return withoutSession(arguments);
  }

  /** Runs a command without activating the tests' session in this thread. */
  static Result withoutSession(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  /** Returns the session, which all tests of the virtual machine share. */
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
