package io.e5spark.table;

import static org.apache.spark.sql.functions.col;

import io.e5spark.platform.TableLocation;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The Delta table {@code <vectors>_runs} beside a vector table: a row for each run that wrote it.
 */
public final class RunLog {
  private static final String SUFFIX = "_runs";

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

  /** Adds rows; columns that the log lacks are added to it. */
  public void append(Dataset<Row> rows) {
    var writer = rows.write().format("delta").mode(SaveMode.Append).option("mergeSchema", "true");
    if (vectors.isPath()) {
      writer.save(vectors.path() + SUFFIX);
    } else {
      writer.saveAsTable(vectors.name() + SUFFIX);
    }
  }

  /** The newest row as JSON; nothing where none is. */
  public Optional<String> last() {
    TableLocation log =
        new TableLocation(spark, vectors.beside(SUFFIX).orElse(vectors.name() + SUFFIX));
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
