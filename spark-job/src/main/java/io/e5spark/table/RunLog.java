package io.e5spark.table;

import static org.apache.spark.sql.functions.col;

import io.e5spark.platform.TableLocation;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The Delta table {@code <vectors>_runs} beside a vector table, with one row for each run that
 * wrote it.
 */
public final class RunLog {
  private static final String SUFFIX = "_runs";
  private static final String KIND = "runs";
  private static final List<String> COLUMNS =
      List.of("run_id", "started", "mode", "input", "settings", "versions", "outcome");

  private final TableLocation vectors;
  private final SideTable log;

  /** The log of a vector table, which its first row creates. */
  public RunLog(SparkSession spark, String vectors) {
    this.vectors = new TableLocation(spark, vectors);
    this.log = new SideTable(spark, this.vectors, SUFFIX, KIND);
  }

  /** Whether the log can be found again, which is not so beside tables of a catalog in memory. */
  public boolean isKept() {
    return vectors.isRemembered();
  }

  /**
   * Checks that nothing else is in the place of the log.
   *
   * @throws IllegalArgumentException if something is
   */
  public void requireOurs() {
    // Logs of earlier versions lack the property.
    if (isKept() && log.isTaken(COLUMNS)) {
      throw new IllegalArgumentException(
          "Cannot log to %s: it exists and is not a log of runs (name another --output, or move it away)"
              .formatted(log.location().name()));
    }
  }

  /** Adds rows, and columns that the log lacks. */
  public void append(Dataset<Row> rows) {
    log.append(rows);
  }

  /** The newest row as JSON; empty if there is none. */
  public Optional<String> last() {
    return log.exists()
        ? rows().orderBy(col("started").desc()).limit(1).toJSON().collectAsList().stream()
            .findFirst()
        : Optional.empty();
  }

  /** The version of Delta on the class path. */
  public static String deltaVersion() {
    return io.delta.package$.MODULE$.VERSION();
  }

  /** Its rows. */
  public Dataset<Row> rows() {
    return log.rows();
  }
}
