package io.e5spark.mteb.folder;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/** The types of MTEB's tasks. */
public enum TaskKind {
  STS("STS", "sentence1", "sentence2"),
  PAIR_CLASSIFICATION("PairClassification", "sentence1", "sentence2"),
  RERANKING("Reranking", "query", "positive", "negative"),
  /** One row per query, made from a corpus and ranked ids. */
  CANDIDATE_RERANKING("Reranking", "query", "documents"),
  SUMMARIZATION("Summarization", "human_summaries", "machine_summaries"),
  CLUSTERING("Clustering", "sentences"),
  /** The clustering of MTEB 2: one document per row, drawn with replacement. */
  BOOTSTRAPPED_CLUSTERING("Clustering", "sentences"),
  CLASSIFICATION("Classification", "text"),
  BITEXT_MINING("BitextMining", "sentence1", "sentence2");

  private final String type;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> textColumns;

  TaskKind(String type, String... textColumns) {
    this.type = type;
    this.textColumns = List.of(textColumns);
  }

  /** MTEB's name of the type. */
  public String type() {
    return type;
  }

  /** The columns with texts, or with lists of texts. */
  public List<String> textColumns() {
    return textColumns;
  }

  /**
   * The kind with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TaskKind of(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid type: %s (must be one of %s)"
                        .formatted(name, Arrays.toString(values()))));
  }

  /**
   * The kind of rows with these columns.
   *
   * @throws IllegalArgumentException if they match none
   */
  public static TaskKind of(StructType rows) {
    List<String> columns = Arrays.asList(rows.fieldNames());
    if (columns.containsAll(List.of("query", "positive", "negative"))) {
      return RERANKING;
    }
    if (columns.containsAll(List.of("human_summaries", "machine_summaries"))) {
      return SUMMARIZATION;
    }
    if (columns.containsAll(List.of("sentence1", "sentence2"))) {
      return columns.contains("score")
          ? STS
          : columns.contains("labels") ? PAIR_CLASSIFICATION : BITEXT_MINING;
    }
    if (columns.containsAll(List.of("sentences", "labels"))) {
      return rows.apply("sentences").dataType() instanceof ArrayType
          ? CLUSTERING
          : BOOTSTRAPPED_CLUSTERING;
    }
    if (columns.containsAll(List.of("text", "label"))) {
      return CLASSIFICATION;
    }
    throw new IllegalArgumentException(
        "its columns %s match no type of task (name one with --type)"
            .formatted(columns.stream().filter(name -> !name.equals(TaskRows.NUMBER)).toList()));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
