package io.e5spark.mteb.task;

import io.e5spark.config.InputType;
import io.e5spark.mteb.folder.CandidateRows;
import io.e5spark.mteb.folder.TaskFiles;
import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.folder.TaskParameters;
import io.e5spark.mteb.folder.TaskRows;
import io.e5spark.mteb.folder.UsualColumns;
import io.e5spark.platform.DataFile;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A task's rows, and what is known of it. */
final class TaskInput {
  private final TaskRows reader;
  private final TaskFiles files;
  private final EmbeddedRows embedded;
  private final TaskParameters parameters;
  private final Rules rules;
  private final JavaSparkContext spark;

  TaskInput(
      JavaSparkContext spark,
      TaskRows reader,
      TaskFiles files,
      EmbeddedRows embedded,
      TaskParameters parameters,
      Rules rules) {
    this.spark = spark;
    this.reader = reader;
    this.files = files;
    this.embedded = embedded;
    this.parameters = parameters;
    this.rules = rules;
  }

  JavaSparkContext spark() {
    return spark;
  }

  TaskParameters parameters() {
    return parameters;
  }

  Rules rules() {
    return rules;
  }

  /**
   * The rows of a split.
   *
   * @throws IllegalArgumentException if it has no files
   */
  Dataset<Row> rows(String split) {
    List<DataFile> found = files.of(split);
    if (found.isEmpty()) {
      throw new IllegalArgumentException("it has no files of the split " + split);
    }
    return UsualColumns.of(reader.read(found));
  }

  /** The rows of the split that is scored. */
  Dataset<Row> rows() {
    return rows(parameters.split());
  }

  /** Queries with the vectors of their candidates, of a corpus and ranked ids. */
  JavaRDD<TaskRow> embeddedCandidates() {
    CandidateRows candidates = new CandidateRows(reader, files, parameters.split());
    return embedded(
        parameters.split(), candidates.read(), TaskKind.CANDIDATE_RERANKING, candidates.files());
  }

  /** Rows of a split with the vectors of their texts. */
  JavaRDD<TaskRow> embedded(String split, Dataset<Row> rows, TaskKind kind) {
    return embedded(split, rows, kind, files.of(split));
  }

  private JavaRDD<TaskRow> embedded(
      String split, Dataset<Row> rows, TaskKind kind, List<DataFile> of) {
    Map<String, InputType> types = new HashMap<>();
    kind.textColumns().forEach(column -> types.put(column, rules.inputType(kind, column)));
    String identity = of.stream().map(DataFile::identity).collect(Collectors.joining(" "));
    return embedded.of(split, rows, identity + " " + parameters, types);
  }

  /** A number of a row, for putting results into the order of the rows. */
  record Numbered<T>(long number, T value) implements java.io.Serializable {}

  /** What a function gives for each row, in the order of the rows. */
  static <T> List<T> inOrder(JavaRDD<TaskRow> rows, Function<TaskRow, T> function) {
    return rows.map(row -> new Numbered<>(row.number(), function.call(row))).collect().stream()
        .sorted(Comparator.comparingLong(Numbered::number))
        .map(Numbered::value)
        .toList();
  }
}
