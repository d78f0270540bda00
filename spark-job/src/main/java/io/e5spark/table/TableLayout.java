package io.e5spark.table;

import static org.apache.spark.sql.functions.expr;

import io.delta.tables.DeltaTable;
import io.e5spark.platform.ColumnName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What the owner of a Delta table has declared about it.
 *
 * @param comment the comment on the table; empty if there is none
 * @param partitions the columns that its files are partitioned by
 * @param clustering the columns that its files are clustered by
 * @param properties the properties with CHECK constraints, without those that Delta manages itself
 * @param schema the columns with their comments and defaults
 */
record TableLayout(
    String comment,
    List<String> partitions,
    List<String> clustering,
    Map<String, String> properties,
    StructType schema) {
  /** The layout of a table that does not exist. */
  static final TableLayout NONE =
      new TableLayout("", List.of(), List.of(), Map.of(), new StructType());

  /** The prefixes of properties that Delta sets itself. */
  private static final List<String> DELTAS_OWN =
      List.of(
          "delta.columnMapping.maxColumnId",
          "delta.rowTracking.",
          "delta.inCommitTimestampEnablement",
          "delta.coordinatedCommits.");

  static TableLayout of(DeltaTable table) {
    Row detail = table.detail().head();
    Map<String, String> properties =
        new LinkedHashMap<>(detail.<String, String>getJavaMap(detail.fieldIndex("properties")));
    properties.keySet().removeIf(key -> DELTAS_OWN.stream().anyMatch(key::startsWith));
    String comment = detail.getAs("description");
    return new TableLayout(
        comment == null ? "" : comment,
        detail.getList(detail.fieldIndex("partitionColumns")),
        detail.getList(detail.fieldIndex("clusteringColumns")),
        properties,
        table.toDF().schema());
  }

  /** What the table demands of each row. */
  TableRules rules() {
    return TableRules.of(properties, schema);
  }

  /** What the table would lose, in words, if it gets rows of this schema. */
  List<String> lost(SparkSession spark, StructType rows) {
    List<String> lost = new ArrayList<>();
    addUnless(lost, holds(rows, partitions), "the partitioning by " + partitions);
    addUnless(lost, holds(rows, clustering), "the clustering by " + clustering);
    TableRules.checks(properties)
        .forEach(
            (name, check) ->
                addUnless(
                    lost, fits(spark, rows, check), "the constraint " + name + " (" + check + ")"));
    for (StructField field : schema.fields()) {
      addUnless(lost, field.nullable(), "NOT NULL of the column " + field.name());
    }
    return lost;
  }

  /**
   * Checks that the table may lose all its rows and get others.
   *
   * @param table what the user calls the table
   * @param rows the schema of the other rows
   * @throws IllegalArgumentException if it is append-only; also, unless the mode allows that, if
   *     {@code embed} did not write it, or if it would lose a declaration
   */
  void requireReplaceable(SparkSession spark, String table, StructType rows, WriteMode mode) {
    if ("true".equalsIgnoreCase(properties.get(TableRules.APPEND_ONLY))) {
      throw new IllegalArgumentException(
          "Cannot overwrite table %s: it is append-only (%s is true)"
              .formatted(table, TableRules.APPEND_ONLY));
    }
    if (mode != WriteMode.REPLACE) {
      requireOurs(table);
      requireNoneLost(table, lost(spark, rows));
    }
  }

  private void requireOurs(String table) {
    if (VectorProperties.of(properties).isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot overwrite table %s: embed did not write it, since it has no e5.* properties (use another --output, or --replace if its rows may be lost)"
              .formatted(table));
    }
  }

  private static void requireNoneLost(String table, List<String> lost) {
    if (!lost.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot overwrite table %s: it would lose %s (use another --output, or embed --replace if that may be lost)"
              .formatted(table, String.join(", ", lost)));
    }
  }

  private static void addUnless(List<String> lost, boolean kept, String what) {
    if (!kept) {
      lost.add(what);
    }
  }

  /** The part of the layout that rows of this schema can keep. */
  TableLayout keptBy(SparkSession spark, StructType rows) {
    Map<String, String> kept = new LinkedHashMap<>(properties);
    TableRules.checks(properties).entrySet().stream()
        .filter(check -> !fits(spark, rows, check.getValue()))
        .forEach(check -> kept.remove(TableRules.CHECK + check.getKey()));
    StatisticsColumns.keep(kept, rows);
    return new TableLayout(
        comment,
        holds(rows, partitions) ? partitions : List.of(),
        holds(rows, clustering) ? clustering : List.of(),
        kept,
        schema.asNullable());
  }

  private static boolean holds(StructType rows, List<String> columns) {
    return columns.stream()
        .allMatch(name -> Arrays.stream(rows.fieldNames()).anyMatch(name::equalsIgnoreCase));
  }

  private static boolean fits(SparkSession spark, StructType rows, String check) {
    try {
      spark.createDataFrame(List.of(), rows).where(expr(check));
      return true;
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      if (e instanceof AnalysisException) {
        return false;
      }
      throw e;
    }
  }

  /** The rows with the declarations about their columns. */
  Dataset<Row> declaredOn(Dataset<Row> rows) {
    Dataset<Row> declared = rows;
    for (StructField row : rows.schema().fields()) {
      Optional<StructField> field = declaring(row);
      if (field.isPresent()) {
        declared = ColumnName.described(declared, row.name(), field.get().metadata());
      }
    }
    return declared;
  }

  private Optional<StructField> declaring(StructField row) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equalsIgnoreCase(row.name()))
        .filter(field -> field.dataType().sameType(row.dataType()))
        .findFirst();
  }

  /** Passes the layout to a writer, except for the clustering. */
  void declare(CreateTableWriter<Row> writer) {
    if (!comment.isEmpty()) {
      writer.tableProperty("comment", comment);
    }
    if (!partitions.isEmpty()) {
      List<Column> columns = partitions.stream().map(ColumnName::column).toList();
      List<Column> further = columns.subList(1, columns.size());
      // Passes Scala's sequence, because Spark 3's interface has no method with an array.
      writer.partitionedBy(columns.get(0), CollectionConverters.asScala(further).toSeq());
    }
  }

  /** Clusters a table that was replaced, in a commit of its own, because Delta has no other way. */
  void cluster(SparkSession spark, String table) {
    if (!clustering.isEmpty()) {
      String names = clustering.stream().map(ColumnName::quoted).collect(Collectors.joining(", "));
      spark.sql("ALTER TABLE %s CLUSTER BY (%s)".formatted(table, names));
    }
  }
}
