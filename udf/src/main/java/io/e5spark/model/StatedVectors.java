package io.e5spark.model;

import io.e5spark.config.InputType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the properties {@code e5.*} of a table say about its vectors.
 *
 * @param model what the user called the model
 * @param fingerprint the SHA-256 over everything that decides a vector
 * @param dimension the dimension of the vectors
 * @param inputType the side of a search that the texts are on
 * @param vectorColumn the column with the vectors
 * @param prompts what went in front of texts
 * @param settings the settings that decide a vector besides the model, by key
 * @param idColumns the columns that identify a row; empty if the table does not state them
 */
public record StatedVectors(
    String model,
    String fingerprint,
    int dimension,
    InputType inputType,
    String vectorColumn,
    Prompts prompts,
    Map<String, String> settings,
    List<String> idColumns) {
  public static final String PREFIX = "e5.";
  public static final String MODEL = "e5.model";
  public static final String FINGERPRINT = "e5.fingerprint";
  public static final String DIMENSION = "e5.dimension";
  public static final String INPUT_TYPE = "e5.input-type";
  public static final String VECTOR_COLUMN = "e5.vector-column";
  public static final String QUERY_PROMPT = "e5.query-prompt";
  public static final String PASSAGE_PROMPT = "e5.passage-prompt";
  public static final String ID_COLUMNS = "e5.id-columns";

  private static final String TASK = "task";

  /** What these table properties say; empty if {@code embed} did not write the table. */
  public static Optional<StatedVectors> of(Map<String, String> table) {
    Map<String, String> values = new TreeMap<>(table);
    if (!values
        .keySet()
        .containsAll(List.of(MODEL, FINGERPRINT, DIMENSION, INPUT_TYPE, VECTOR_COLUMN))) {
      return Optional.empty();
    }
    return Optional.of(
        new StatedVectors(
            values.getOrDefault(MODEL, ""),
            values.getOrDefault(FINGERPRINT, ""),
            Integer.parseInt(values.getOrDefault(DIMENSION, "0")),
            InputType.of(values.getOrDefault(INPUT_TYPE, "")),
            values.getOrDefault(VECTOR_COLUMN, ""),
            prompts(values),
            settings(values),
            idColumns(values)));
  }

  /** Tables did not state the prompts when all models had those of E5. */
  private static Prompts prompts(Map<String, String> table) {
    Prompts unsaid = "false".equals(table.get(PREFIX + "prefix")) ? Prompts.NONE : Prompts.E5;
    return new Prompts(
        table.getOrDefault(QUERY_PROMPT, unsaid.query()),
        table.getOrDefault(PASSAGE_PROMPT, unsaid.passage()));
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

  private static List<String> idColumns(Map<String, String> table) {
    String names = table.getOrDefault(ID_COLUMNS, "");
    return names.isEmpty() ? List.of() : Arrays.asList(names.split(",", -1));
  }

  /**
   * The task that queries were embedded for; empty for passages, and for models that take no task.
   */
  public String task() {
    return settings.getOrDefault(TASK, "");
  }

  /**
   * Checks that queries with this recipe can be searched for in the table.
   *
   * @throws IllegalArgumentException if they come from another model, or from another task than the
   *     queries in the table
   */
  public void requireMadeBy(VectorRecipe recipe, String table) {
    if (!recipe.fingerprint().equals(fingerprint) && !recipe.prompts().equals(prompts)) {
      throw new IllegalArgumentException(
          "Cannot search table %s: its vectors were made by model %s with prompts %s, these settings have %s"
              .formatted(table, model, prompts, recipe.prompts()));
    }
    if (!recipe.fingerprint().equals(fingerprint)) {
      throw new IllegalArgumentException(
          "Cannot search table %s: its vectors were made by model %s with fingerprint %s, these settings have %s"
              .formatted(table, model, fingerprint, recipe.fingerprint()));
    }
    requireTask(recipe.settings().task(), table);
  }

  /** Queries of a task can be searched for among passages, and among queries of the same task. */
  private void requireTask(String task, String table) {
    if (inputType == InputType.QUERY && !task().equals(task)) {
      throw new IllegalArgumentException(
          "Cannot search table %s: its queries were embedded for task %s, these settings have %s"
              .formatted(table, Prompts.quoted(task()), Prompts.quoted(task)));
    }
  }
}
