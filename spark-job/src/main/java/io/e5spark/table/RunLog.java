package io.e5spark.table;

import static org.apache.spark.sql.functions.col;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.e5spark.platform.TableLocation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;

/**
 * The Delta table {@code <vectors>_runs} beside a vector table: a row for each run that wrote it.
 */
public final class RunLog {
  private static final String SUFFIX = "_runs";
  private static final String PROPERTY = "e5.table";
  private static final String KIND = "runs";
  private static final List<String> COLUMNS =
      List.of("run_id", "started", "mode", "input", "settings", "versions", "outcome");

  private final SparkSession spark;
  private final TableLocation vectors;

  /** The log of a vector table, which is made with its first row. */
  public RunLog(SparkSession spark, String vectors) {
    this.spark = spark;
    this.vectors = new TableLocation(spark, vectors);
  }

  /** Whether it can be found again: not so beside tables of a catalog that is kept in memory. */
  public boolean isKept() {
    return vectors.isRemembered();
  }

  /**
   * Checks that nothing of another's lies where the log is or will be.
   *
   * @throws IllegalArgumentException if something does
   */
  public void requireOurs() {
    TableLocation log = location();
    boolean isOther =
        log.deltaVersion().isPresent()
            ? !isOurs(log.delta())
            : log.isPath() ? !log.has("_delta_log") && !log.holdsOnly() : log.inCatalog();
    if (isKept() && isOther) {
      throw new IllegalArgumentException(
          "Cannot log to %s: what lies there is no log of runs (name another --output, or move it away)"
              .formatted(log.name()));
    }
  }

  /** Logs of earlier versions have no property that says so. */
  private static boolean isOurs(DeltaTable log) {
    Row detail = log.detail().select("properties").head();
    return KIND.equals(detail.<String, String>getJavaMap(0).get(PROPERTY))
        || Arrays.asList(log.toDF().columns()).containsAll(COLUMNS);
  }

  /** Adds rows; columns that the log lacks are added to it. */
  public void append(Dataset<Row> rows) {
    if (location().deltaVersion().isEmpty()) {
      create(rows.limit(0));
    }
    var writer = rows.write().format("delta").mode(SaveMode.Append).option("mergeSchema", "true");
    if (vectors.isPath()) {
      writer.save(vectors.path() + SUFFIX);
    } else {
      writer.saveAsTable(vectors.name() + SUFFIX);
    }
  }

  private void create(Dataset<Row> none) {
    CreateTableWriter<Row> writer = none.writeTo(location().sql());
    writer.using("delta");
    writer.tableProperty(PROPERTY, KIND);
    try {
      writer.create();
    } catch (TableAlreadyExistsException | DeltaConcurrentModificationException e) {
      // Another job made it, or a first write that failed left a log without commits.
      return;
    }
  }

  private TableLocation location() {
    return new TableLocation(spark, vectors.beside(SUFFIX).orElse(vectors.name() + SUFFIX));
  }

  /** The newest row as JSON; nothing where none is. */
  public Optional<String> last() {
    TableLocation log = location();
    if (log.deltaVersion().isEmpty()) {
      return Optional.empty();
    }
    return log
        .delta()
        .toDF()
        .orderBy(col("started").desc())
        .limit(1)
        .toJSON()
        .collectAsList()
        .stream()
        .findFirst();
  }

  /** The version of Delta on the class path. */
  public static String deltaVersion() {
    return io.delta.package$.MODULE$.VERSION();
  }

  /** Its rows. */
  public Dataset<Row> rows() {
    return vectors.isPath()
        ? spark.read().format("delta").load(vectors.path() + SUFFIX)
        : spark.table(vectors.name() + SUFFIX);
  }
}
