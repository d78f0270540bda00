package io.e5spark.platform;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;

/** The name of a column, with any characters, in the form that Spark accepts. */
public final class ColumnName {
  private ColumnName() {}

  /** The name in quotes. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The column with this name. */
  public static Column column(String name) {
    return col(quoted(name));
  }

  /**
   * Rows with other metadata in a column; Spark's own method takes a name with dots for a field.
   */
  public static Dataset<Row> described(Dataset<Row> rows, String name, Metadata metadata) {
    return rows.withColumn(name, column(name).as(name, metadata));
  }

  /** The columns with these names, in order. */
  public static Column[] columns(List<String> names) {
    return names.stream().map(ColumnName::column).toArray(Column[]::new);
  }
}
