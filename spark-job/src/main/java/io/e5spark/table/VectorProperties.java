package io.e5spark.table;

import io.e5spark.chunked.DocumentChunks;
import io.e5spark.config.InputType;
import io.e5spark.model.Prompts;
import io.e5spark.model.StatedVectors;
import io.e5spark.model.VectorRecipe;
import io.e5spark.platform.ColumnName;
import io.e5spark.vector.BinaryForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What a vector table says about its vectors, as table properties {@code e5.*}.
 *
 * @param model what the user called the model
 * @param fingerprint the SHA-256 over everything that decides a vector
 * @param dimension the dimension of the vectors
 * @param inputType the side of a search that its texts are on
 * @param vectorColumn the column with the vectors
 * @param vectorType how they are stored
 * @param prompts what went in front of texts
 * @param settings the settings that decide a vector besides the model, by key
 * @param chunks how its documents are cut into rows; null if a row is a whole document
 */
public record VectorProperties(
    String model,
    String fingerprint,
    int dimension,
    InputType inputType,
    String vectorColumn,
    VectorType vectorType,
    Prompts prompts,
    Map<String, String> settings,
    @Nullable DocumentChunks chunks) {
  private static final String VECTOR_TYPE = "e5.vector-type";
  private static final String VECTOR_SCALE = "e5.vector-scale";

  /** The properties of vectors of whole documents. */
  public VectorProperties(
      String model,
      String fingerprint,
      int dimension,
      InputType inputType,
      String vectorColumn,
      VectorType vectorType,
      Prompts prompts,
      Map<String, String> settings) {
    this(
        model,
        fingerprint,
        dimension,
        inputType,
        vectorColumn,
        vectorType,
        prompts,
        settings,
        null);
  }

  /** The properties of documents that are cut in this way. */
  public VectorProperties with(@Nullable DocumentChunks other) {
    return new VectorProperties(
        model,
        fingerprint,
        dimension,
        inputType,
        vectorColumn,
        vectorType,
        prompts,
        settings,
        other);
  }

  /**
   * The properties of vectors with this recipe.
   *
   * @param model a name of the model that is valid in any working directory
   */
  public static VectorProperties of(
      String model, VectorRecipe recipe, InputType inputType, String column, VectorType type) {
    return new VectorProperties(
        model,
        recipe.fingerprint(),
        recipe.model().dimension(),
        inputType,
        column,
        type,
        recipe.prompts(),
        recipe.properties(inputType));
  }

  Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put(StatedVectors.MODEL, model);
    map.put(StatedVectors.FINGERPRINT, fingerprint);
    map.put(StatedVectors.DIMENSION, Integer.toString(dimension));
    map.put(StatedVectors.INPUT_TYPE, inputType.label());
    map.put(StatedVectors.VECTOR_COLUMN, vectorColumn);
    map.put(VECTOR_TYPE, vectorType.toString());
    map.put(VECTOR_SCALE, Double.toString(vectorType.scale(dimension)));
    map.put(StatedVectors.QUERY_PROMPT, prompts.query());
    map.put(StatedVectors.PASSAGE_PROMPT, prompts.passage());
    settings.forEach((key, value) -> map.put(StatedVectors.PREFIX + key, value));
    if (chunks != null) {
      map.putAll(chunks.toMap());
    }
    return map;
  }

  /**
   * The task that its queries were embedded for; empty for passages, and if the model takes no
   * task.
   */
  public String task() {
    return settings.getOrDefault("task", "");
  }

  /** The vector column, those that may accompany it, and those of a chunk. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(new VectorColumns(vectorColumn).all());
    columns.addAll(chunks == null ? List.of() : DocumentChunks.COLUMNS);
    return columns;
  }

  /** The vectors as the table stores them, from {@code array<float>}. */
  public Column stored(Column vector) {
    return vectorType.stored(vector, dimension);
  }

  /**
   * The rows with metadata in the vector column that says how its binary values hold vectors, so
   * that queries know it too.
   */
  Dataset<Row> told(Dataset<Row> rows) {
    if (vectorType.form().isEmpty()) {
      return rows;
    }
    Metadata metadata = rows.schema().apply(vectorColumn).metadata();
    return ColumnName.described(
        rows,
        vectorColumn,
        new MetadataBuilder()
            .withMetadata(metadata)
            .putString(BinaryForm.METADATA, vectorType.toString())
            .build());
  }

  /**
   * The vector column as the exact search reads it: unchanged if it holds floats or binary values.
   */
  public Column searched() {
    return vectorType == VectorType.INT8 ? floats() : ColumnName.column(vectorColumn);
  }

  /** The vector column as {@code array<float>}. */
  public Column floats() {
    return vectorType.floats(ColumnName.column(vectorColumn), dimension);
  }

  /** What these table properties say; empty if {@code embed} did not write the table. */
  static Optional<VectorProperties> of(Map<String, String> table) {
    VectorType type =
        VectorType.valueOf(table.getOrDefault(VECTOR_TYPE, "float").toUpperCase(Locale.ROOT));
    return StatedVectors.of(table)
        .map(stated -> of(stated, type).with(DocumentChunks.of(table).orElse(null)));
  }

  private static VectorProperties of(StatedVectors stated, VectorType type) {
    return new VectorProperties(
        stated.model(),
        stated.fingerprint(),
        stated.dimension(),
        stated.inputType(),
        stated.vectorColumn(),
        type,
        stated.prompts(),
        stated.settings());
  }

  /** The properties as a table states them. */
  public StatedVectors stated() {
    return new StatedVectors(
        model, fingerprint, dimension, inputType, vectorColumn, prompts, settings, List.of());
  }

  /**
   * Checks that vectors of {@code other} may be added to these.
   *
   * @throws IllegalArgumentException if they have another model, dimension or column
   */
  void requireSame(VectorProperties other, String table) {
    require(table, "column", vectorColumn, other.vectorColumn);
    require(table, "dimension", Integer.toString(dimension), Integer.toString(other.dimension));
    require(table, "type", vectorType.toString(), other.vectorType.toString());
    if (!fingerprint.equals(other.fingerprint)) {
      require(table, "prompts", prompts.toString(), other.prompts.toString());
      settings.forEach((key, value) -> requireSetting(table, key, value, other.settings.get(key)));
    }
    require(table, "fingerprint", fingerprint, other.fingerprint);
    require(table, "input type", inputType.label(), other.inputType.label());
    require(table, "task", Prompts.quoted(task()), Prompts.quoted(other.task()));
    require(table, "chunks", said(chunks), said(other.chunks));
  }

  private static String said(@Nullable DocumentChunks chunks) {
    return chunks == null ? "none" : chunks.toString();
  }

  private void requireSetting(String table, String key, String ours, @Nullable String theirs) {
    if (theirs != null && !key.equals("task") && !ours.equals(theirs)) {
      throw new IllegalArgumentException(
          "Cannot add to table %1$s: its vectors were made with %2$s=%3$s, and this job has %2$s=%4$s (use --set %2$s=%3$s, or another --output)"
              .formatted(table, key, ours, theirs));
    }
  }

  private void require(String table, String what, String ours, String theirs) {
    if (!ours.equals(theirs)) {
      throw new IllegalArgumentException(
          "Cannot add to table %1$s: its vectors have %2$s %3$s (model %4$s), and this job has %2$s %5$s (use another --output, or --mode overwrite)"
              .formatted(table, what, ours, model, theirs));
    }
  }
}
