package io.e5spark.table;

import io.e5spark.config.InputType;
import io.e5spark.model.Prompts;
import io.e5spark.model.VectorRecipe;
import io.e5spark.platform.ColumnName;
import io.e5spark.vector.BinaryForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * What a vector table says of its vectors, as table properties {@code e5.*}.
 *
 * @param model what the user called the model
 * @param fingerprint SHA-256 over all that decides a vector
 * @param dimension of the vectors
 * @param inputType the side of a search that its texts stand on
 * @param vectorColumn the column with the vectors
 * @param vectorType how they are stored
 * @param prompts what went in front of texts
 * @param settings those that decide a vector beside the model, by key
 */
public record VectorProperties(
    String model,
    String fingerprint,
    int dimension,
    InputType inputType,
    String vectorColumn,
    VectorType vectorType,
    Prompts prompts,
    Map<String, String> settings) {
  private static final String PREFIX = "e5.";
  private static final String MODEL = "e5.model";
  private static final String FINGERPRINT = "e5.fingerprint";
  private static final String DIMENSION = "e5.dimension";
  private static final String INPUT_TYPE = "e5.input-type";
  private static final String VECTOR_COLUMN = "e5.vector-column";
  private static final String VECTOR_TYPE = "e5.vector-type";
  private static final String VECTOR_SCALE = "e5.vector-scale";
  private static final String QUERY_PROMPT = "e5.query-prompt";
  private static final String PASSAGE_PROMPT = "e5.passage-prompt";

  /**
   * Those of vectors that are made in this way.
   *
   * @param model what names it in any working directory
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
    map.put(MODEL, model);
    map.put(FINGERPRINT, fingerprint);
    map.put(DIMENSION, Integer.toString(dimension));
    map.put(INPUT_TYPE, inputType.label());
    map.put(VECTOR_COLUMN, vectorColumn);
    map.put(VECTOR_TYPE, vectorType.toString());
    map.put(VECTOR_SCALE, Double.toString(vectorType.scale(dimension)));
    map.put(QUERY_PROMPT, prompts.query());
    map.put(PASSAGE_PROMPT, prompts.passage());
    settings.forEach((key, value) -> map.put(PREFIX + key, value));
    return map;
  }

  private static Map<String, String> settings(Map<String, String> table) {
    Map<String, String> settings = new TreeMap<>();
    for (String key : VectorRecipe.propertyKeys()) {
      String value = table.get(PREFIX + key);
      if (value != null) {
        settings.put(key, value);
      }
    }
    return settings;
  }

  /** Tables did not say it when all models had the prompts of E5. */
  private static Prompts prompts(Map<String, String> table) {
    Prompts unsaid = "false".equals(table.get(PREFIX + "prefix")) ? Prompts.NONE : Prompts.E5;
    return new Prompts(
        table.getOrDefault(QUERY_PROMPT, unsaid.query()),
        table.getOrDefault(PASSAGE_PROMPT, unsaid.passage()));
  }

  /** What its queries were embedded for; empty of passages, and where the model takes no task. */
  public String task() {
    return settings.getOrDefault("task", "");
  }

  /** The vector column, and those that may stand beside it. */
  public List<String> columns() {
    return new VectorColumns(vectorColumn).all();
  }

  /** Vectors as the table stores them, out of {@code array<float>}. */
  public Column stored(Column vector) {
    return vectorType.stored(vector, dimension);
  }

  /**
   * The rows, whose vector column says how its binary values are vectors, so that queries know it
   * too.
   */
  Dataset<Row> told(Dataset<Row> rows) {
    if (vectorType.form().isEmpty()) {
      return rows;
    }
    Metadata metadata = rows.schema().apply(vectorColumn).metadata();
    return rows.withMetadata(
        vectorColumn,
        new MetadataBuilder()
            .withMetadata(metadata)
            .putString(BinaryForm.METADATA, vectorType.toString())
            .build());
  }

  /**
   * The vector column as the exact search reads it: as it is stored, if that are floats or binary.
   */
  public Column searched() {
    return vectorType == VectorType.INT8 ? floats() : ColumnName.column(vectorColumn);
  }

  /** The vector column as {@code array<float>}. */
  public Column floats() {
    return vectorType.floats(ColumnName.column(vectorColumn), dimension);
  }

  /** What these table properties say; nothing where the table was not written by us. */
  static Optional<VectorProperties> of(Map<String, String> table) {
    Map<String, String> values = new TreeMap<>(table);
    if (!values
        .keySet()
        .containsAll(List.of(MODEL, FINGERPRINT, DIMENSION, INPUT_TYPE, VECTOR_COLUMN))) {
      return Optional.empty();
    }
    return Optional.of(
        new VectorProperties(
            values.getOrDefault(MODEL, ""),
            values.getOrDefault(FINGERPRINT, ""),
            Integer.parseInt(values.getOrDefault(DIMENSION, "0")),
            InputType.of(values.getOrDefault(INPUT_TYPE, "")),
            values.getOrDefault(VECTOR_COLUMN, ""),
            VectorType.valueOf(values.getOrDefault(VECTOR_TYPE, "float").toUpperCase(Locale.ROOT)),
            prompts(values),
            settings(values)));
  }

  /**
   * Checks that vectors of {@code other} may stand beside these.
   *
   * @throws IllegalArgumentException if they are of another model, dimension or column
   */
  void requireSame(VectorProperties other, String table) {
    require(table, "column", vectorColumn, other.vectorColumn);
    require(table, "dimension", Integer.toString(dimension), Integer.toString(other.dimension));
    require(table, "type", vectorType.toString(), other.vectorType.toString());
    if (!fingerprint.equals(other.fingerprint)) {
      require(table, "prompts", prompts.toString(), other.prompts.toString());
    }
    require(table, "fingerprint", fingerprint, other.fingerprint);
    require(table, "input type", inputType.label(), other.inputType.label());
    require(table, "task", Prompts.quoted(task()), Prompts.quoted(other.task()));
  }

  private void require(String table, String what, String ours, String theirs) {
    if (!ours.equals(theirs)) {
      throw new IllegalArgumentException(
          "Cannot add to table %s: its vectors have %s %s (model %s), this job's %s; use another --output, or --mode overwrite"
              .formatted(table, what, ours, model, theirs));
    }
  }
}
