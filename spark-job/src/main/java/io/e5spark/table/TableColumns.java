package io.e5spark.table;

import io.e5spark.platform.ColumnName;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a vector table, to which rows are added by name.
 *
 * @param table the table, as the user calls it
 * @param sql the table, as SQL calls it
 * @param vector the names of the columns that belong to its vectors
 */
record TableColumns(String table, String sql, StructType present, VectorColumns vector) {
  /**
   * Checks that rows have the same columns, in any order.
   *
   * @throws IllegalArgumentException with a column that differs, and what to do
   */
  void requireSame(StructType rows) {
    for (StructField field : rows.fields()) {
      find(present, field.name())
          .ifPresentOrElse(ours -> requireType(ours, field), () -> refuseNew(field));
    }
    for (StructField field : present.fields()) {
      if (find(rows, field.name()).isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot add to table %s: it has the column %s, which this job does not write (%s)"
                .formatted(table, field.name(), way(field.name())));
      }
    }
  }

  private static Optional<StructField> find(StructType columns, String name) {
    return Arrays.stream(columns.fields())
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private void requireType(StructField ours, StructField theirs) {
    if (!ours.dataType().sameType(theirs.dataType())) {
      throw new IllegalArgumentException(
          "Cannot add to table %s: its column %s is %s, and this job's is %s"
              .formatted(table, ours.name(), ours.dataType().sql(), theirs.dataType().sql()));
    }
  }

  private void refuseNew(StructField field) {
    if (field.name().equals(vector.hash())) {
      throw new IllegalArgumentException(
          "Cannot merge into table %s: --mode overwrite or append made it, without the hashes of texts that a merge needs (merge into another --output, or delete this table first; the first merge embeds all texts, and later ones only what changed)"
              .formatted(table));
    }
    throw new IllegalArgumentException(
        "Cannot add to table %s: it has no column %s (to add it: ALTER TABLE %s ADD COLUMN %s %s)"
            .formatted(
                table, field.name(), sql, ColumnName.quoted(field.name()), field.dataType().sql()));
  }

  /** How this job could write a column that it does not write. */
  private String way(String name) {
    if (name.equals(vector.hash())) {
      return "a merge made the table: use --mode merge";
    }
    if (name.equals(vector.error())) {
      return "add --on-error null or --details";
    }
    if (name.equals(vector.list())) {
      return "an e5-spark index of it did not end: run it again";
    }
    return name.equals(vector.tokens()) || name.equals(vector.truncated())
        ? "add --details"
        : "carry it over with --keep-columns " + name;
  }
}
