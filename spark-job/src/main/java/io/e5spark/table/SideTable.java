package io.e5spark.table;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.e5spark.platform.TableLocation;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;

/**
 * A Delta table of ours beside a vector table; a property says that it is ours.
 *
 * @param vectors the vector table
 * @param suffix the suffix of its name, after that of the vector table
 * @param kind the value of the property
 */
record SideTable(SparkSession spark, TableLocation vectors, String suffix, String kind) {
  private static final String PROPERTY = "e5.table";

  TableLocation location() {
    return new TableLocation(
        spark, vectors.beside(suffix).orElseGet(() -> vectors.suffixed(suffix)));
  }

  /** The name in SQL, whatever the current database is. */
  String qualifiedSql() {
    return vectors.isPath() ? location().sql() : vectors.qualified(suffix);
  }

  boolean exists() {
    return location().isDelta();
  }

  /**
   * Whether something else is in the place of the table.
   *
   * @param columns columns that also prove that a table is ours
   */
  boolean isTaken(List<String> columns) {
    TableLocation place = location();
    return place.isDelta()
        ? !isOurs(place, columns)
        : place.isPath() ? !place.has("_delta_log") && !place.holdsOnly() : place.inCatalog();
  }

  private boolean isOurs(TableLocation place, List<String> columns) {
    return kind.equals(place.deltaProperties().get(PROPERTY))
        || Arrays.asList(place.delta().toDF().columns()).containsAll(columns);
  }

  /** Adds rows, and columns that the table lacks; makes the table if it does not exist. */
  void append(Dataset<Row> rows) {
    if (!exists()) {
      create(rows.limit(0));
    }
    var writer = rows.write().format("delta").mode(SaveMode.Append).option("mergeSchema", "true");
    if (vectors.isPath()) {
      writer.save(vectors.path() + suffix);
    } else {
      writer.saveAsTable(vectors.suffixed(suffix));
    }
  }

  private void create(Dataset<Row> none) {
    CreateTableWriter<Row> writer = none.writeTo(location().sql());
    writer.using("delta");
    writer.tableProperty(PROPERTY, kind);
    try {
      writer.create();
    } catch (TableAlreadyExistsException | DeltaConcurrentModificationException e) {
      // Another job made it, or a failed first write left a log without commits.
      return;
    }
  }

  /** Its rows. */
  Dataset<Row> rows() {
    return location().delta().toDF();
  }
}
