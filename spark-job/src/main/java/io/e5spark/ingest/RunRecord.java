package io.e5spark.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.schema_of_json;

import io.e5spark.config.Settings;
import io.e5spark.report.FailureMessage;
import io.e5spark.report.Json;
import io.e5spark.report.Refusal;
import io.e5spark.report.Secrets;
import io.e5spark.table.RunLog;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What a run leaves in the log of its vector table: its report, settings and versions; if it
 * failed, what it was to do and why it failed.
 */
public final class RunRecord {
  private final SparkSession spark;
  private final PrintWriter err;
  private final RunLog log;
  private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();

  /** A run that starts now. */
  public RunRecord(SparkSession spark, Settings settings, EmbedRequest request, PrintWriter err) {
    this.spark = spark;
    this.err = err;
    this.log = new RunLog(spark, request.output());
    columns.put("run_id", UUID.randomUUID().toString());
    columns.put("started", Instant.now().toString());
    columns.put("mode", request.mode().toString());
    columns.put("input", request.source().input());
    columns.put("settings", settings);
    columns.put("versions", versions());
    columns.put("error", null);
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("spark", spark.version());
    versions.put("delta", RunLog.deltaVersion());
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  /**
   * Runs and logs the run; a run without an end is also logged while it runs. A run that is
   * rejected because of its arguments, before it did anything, is not logged. If the log cannot be
   * written, the run still succeeds, with a warning.
   *
   * @throws IllegalArgumentException if something else is at the place of the log
   */
  public EmbedReport of(Function<Consumer<EmbedReport>, EmbedReport> run) {
    log.requireOurs();
    try {
      EmbedReport report = run.apply(soFar -> logOrWarn(soFar, "running"));
      logOrWarn(report, "done");
      return report;
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names, Spark's among them.
      if (!Refusal.is(e)) {
        columns.put("error", FailureMessage.of(e));
        logOrForget(e);
      }
      throw e;
    }
  }

  private void logOrWarn(EmbedReport report, String outcome) {
    columns.put("report", report);
    try {
      log(outcome);
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      err.printf("Warning: cannot log this run: %s%n", e.getMessage());
    }
  }

  private void logOrForget(Exception failure) {
    // Spark does not write while this thread is interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      log("failed");
    } catch (Exception e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void log(String outcome) {
    columns.put("outcome", outcome);
    if (log.isKept()) {
      Column document = lit(Secrets.hidden(Json.of(columns)));
      log.append(
          spark
              .range(0, 1, 1, 1)
              .select(from_json(document, schema_of_json(document)).as("run"))
              .select("run.*")
              .withColumn("started", col("started").cast("timestamp")));
    }
  }
}
