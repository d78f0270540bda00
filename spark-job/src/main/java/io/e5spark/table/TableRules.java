package io.e5spark.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.e5spark.platform.ColumnName;
import io.e5spark.platform.Count;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a Delta table demands of each of its rows.
 *
 * @param rules the conditions in SQL, by their names in messages
 */
record TableRules(Map<String, String> rules) {
  /** The prefix of the properties that are CHECK constraints. */
  static final String CHECK = "delta.constraints.";

  /** The property of an append-only table. */
  static final String APPEND_ONLY = "delta.appendOnly";

  /** The rules of a table with these properties and columns. */
  static TableRules of(Map<String, String> properties, StructType schema) {
    Map<String, String> rules = new LinkedHashMap<>();
    checks(properties)
        .forEach((name, check) -> rules.put("constraint %s (%s)".formatted(name, check), check));
    for (StructField field : schema.fields()) {
      if (!field.nullable()) {
        rules.put(
            "NOT NULL column %s".formatted(field.name()),
            ColumnName.quoted(field.name()) + " IS NOT NULL");
      }
    }
    return new TableRules(rules);
  }

  /** The CHECK constraints in the properties of a table, by name. */
  static Map<String, String> checks(Map<String, String> properties) {
    Map<String, String> checks = new LinkedHashMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(CHECK)) {
            checks.put(key.substring(CHECK.length()), value);
          }
        });
    return checks;
  }

  /**
   * Checks rows before they are embedded.
   *
   * @param rows the rows in the form of the table; a rule about a column that they lack is skipped
   * @throws IllegalArgumentException with a rule that some of them violate
   */
  void require(Dataset<Row> rows, String table) {
    rules.forEach((name, rule) -> require(rows, table, name, rule));
  }

  private static void require(Dataset<Row> rows, String table, String name, String rule) {
    long broken = broken(rows, rule);
    if (broken > 0) {
      throw new IllegalArgumentException(
          "Cannot write to table %s: its %s rejects %s of the source"
              .formatted(table, name, Count.of(broken, "row")));
    }
  }

  private static long broken(Dataset<Row> rows, String rule) {
    try {
      // A condition that is null counts as violated.
      return rows.agg(count_if(not(coalesce(expr(rule), lit(false))))).head().getLong(0);
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      if (e instanceof AnalysisException) {
        return 0;
      }
      throw e;
    }
  }
}
