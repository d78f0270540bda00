package io.e5spark.search;

import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.size;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.platform.ColumnName;
import io.e5spark.platform.Count;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.VectorType;
import io.e5spark.vector.BinaryForm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that are searched and shown.
 *
 * @param vector the column with the vectors; null for the one that the table names or has
 * @param texts the columns with the text to show; empty for the embedded text
 */
public record SearchedColumns(@Nullable String vector, List<String> texts) {

  /** What a table says about the column to search; empty if it says nothing about it. */
  public Optional<VectorProperties> said(VectorTable table) {
    return table.said().filter(one -> vector == null || vector.equals(one.vectorColumn()));
  }

  /**
   * The column to search, whose model is known.
   *
   * @param warnings receives a warning if only the caller says which model this is
   * @throws IllegalArgumentException if there is no such column, or another model made it
   */
  VectorProperties of(
      VectorTable table, Settings settings, EmbedderPlan plan, Consumer<String> warnings) {
    Optional<VectorProperties> said = said(table);
    if (said.isPresent()) {
      said.get().stated().requireMadeBy(plan.recipe(), table.name());
      requireThere(table, said.get().vectorColumn());
      return said.get();
    }
    VectorProperties given = given(table, column(table), settings, plan);
    if (given.vectorType() == VectorType.FLOAT) {
      requireDimension(table, given);
    }
    warnings.accept(
        "table %s does not say which model made the vectors in column %s; this search assumes %s"
            .formatted(table.name(), given.vectorColumn(), given.model()));
    return given;
  }

  private static void requireThere(VectorTable table, String column) {
    List<String> columns = List.of(table.rows().columns());
    if (!columns.contains(column)) {
      throw new IllegalArgumentException(
          "Cannot search table %s: it has no column %s, which its properties name (name the column of its vectors with --vector-column; the columns are %s)"
              .formatted(table.name(), column, columns));
    }
  }

  private static VectorProperties given(
      VectorTable table, StructField column, Settings settings, EmbedderPlan plan) {
    VectorType type =
        column.dataType().equals(DataTypes.BinaryType)
            ? binaryType(table, column.name(), plan.model().dimension())
            : VectorType.FLOAT;
    return VectorProperties.of(
        settings.loading().model(), plan.recipe(), InputType.PASSAGE, column.name(), type);
  }

  /** How binary values represent vectors of the model's dimension, judged by the first of them. */
  private static VectorType binaryType(VectorTable table, String name, int dimension) {
    Column vector = ColumnName.column(name);
    List<Row> first =
        table
            .rows()
            .where(vector.isNotNull())
            .select(octet_length(vector))
            .limit(1)
            .collectAsList();
    int bytes = first.isEmpty() ? dimension * Float.BYTES : first.get(0).getInt(0);
    BinaryForm form = BinaryForm.of(bytes, dimension);
    if (form == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot search table %s: the values of column %s have %s, which does not fit vectors of the model's dimension %d (name the model that made them with --model)",
              table.name(),
              name,
              Count.of(bytes, "byte"),
              dimension));
    }
    return VectorType.of(form);
  }

  private StructField column(VectorTable table) {
    List<StructField> candidates =
        Arrays.stream(table.rows().schema().fields())
            .filter(this::holdsVectors)
            .filter(field -> vector == null || field.name().equals(vector))
            .toList();
    if (candidates.size() != 1) {
      throw new IllegalArgumentException(
          "Cannot search table %s: it has %s (name a column of type array<float> or binary with --vector-column; the columns are %s)"
              .formatted(
                  table.name(),
                  candidates.isEmpty()
                      ? "no vector column" + (vector == null ? "" : " " + vector)
                      : "several vector columns, "
                          + candidates.stream().map(StructField::name).toList(),
                  List.of(table.rows().columns())));
    }
    return candidates.get(0);
  }

  /** Binary columns may hold anything, so they are searched only if they are named. */
  private boolean holdsVectors(StructField field) {
    return field.dataType() instanceof ArrayType array
        ? array.elementType().equals(DataTypes.FloatType)
        : vector != null && field.dataType().equals(DataTypes.BinaryType);
  }

  private static void requireDimension(VectorTable table, VectorProperties given) {
    List<Row> first =
        table
            .rows()
            .where(given.floats().isNotNull())
            .select(size(given.floats()))
            .limit(1)
            .collectAsList();
    if (!first.isEmpty() && first.get(0).getInt(0) != given.dimension()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot search table %s: the vectors of column %s have dimension %d, and those of model %s have dimension %d (name the model that made them with --model)",
              table.name(),
              given.vectorColumn(),
              first.get(0).getInt(0),
              given.model(),
              given.dimension()));
    }
  }
}
