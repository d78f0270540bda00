package io.e5spark.search;

import static org.apache.spark.sql.functions.size;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.VectorType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table are searched and shown.
 *
 * @param vector the column with the vectors; null for the one that the table names or has
 * @param texts the columns of the table with the text to show; empty for what was embedded
 */
public record SearchedColumns(@Nullable String vector, List<String> texts) {

  /** What a table says of the column to search; empty where it says nothing of that. */
  public Optional<VectorProperties> said(VectorTable table) {
    return table.said().filter(one -> vector == null || vector.equals(one.vectorColumn()));
  }

  /**
   * The column to search, of which a model is known.
   *
   * @param warnings hears that only the caller says which model that is
   * @throws IllegalArgumentException if there is no such column, or it was made by another model
   */
  VectorProperties of(
      VectorTable table, Settings settings, EmbedderPlan plan, Consumer<String> warnings) {
    Optional<VectorProperties> said = said(table);
    if (said.isPresent()) {
      said.get().stated().requireMadeBy(plan.recipe(), table.name());
      return said.get();
    }
    VectorProperties given = given(column(table), settings, plan);
    requireDimension(table, given);
    warnings.accept(
        "table %s does not say which model made the vectors of column %s; they are searched with %s"
            .formatted(table.name(), given.vectorColumn(), given.model()));
    return given;
  }

  private static VectorProperties given(String column, Settings settings, EmbedderPlan plan) {
    return VectorProperties.of(
        settings.loading().model(), plan.recipe(), InputType.PASSAGE, column, VectorType.FLOAT);
  }

  private String column(VectorTable table) {
    List<String> candidates =
        Arrays.stream(table.rows().schema().fields())
            .filter(SearchedColumns::holdsVectors)
            .map(StructField::name)
            .filter(name -> vector == null || name.equals(vector))
            .toList();
    if (candidates.size() != 1) {
      throw new IllegalArgumentException(
          "Cannot search table %s: it has %s (name one of type array<float> with --vector-column; its columns are %s)"
              .formatted(
                  table.name(),
                  candidates.isEmpty()
                      ? "no vector column" + (vector == null ? "" : " " + vector)
                      : "several vector columns, " + candidates,
                  List.of(table.rows().columns())));
    }
    return candidates.get(0);
  }

  private static boolean holdsVectors(StructField field) {
    return field.dataType() instanceof ArrayType array
        && array.elementType().equals(DataTypes.FloatType);
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
              "Cannot search table %s: the vectors of column %s have dimension %d, those of model %s %d (name theirs with --model)",
              table.name(),
              given.vectorColumn(),
              first.get(0).getInt(0),
              given.model(),
              given.dimension()));
    }
  }
}
