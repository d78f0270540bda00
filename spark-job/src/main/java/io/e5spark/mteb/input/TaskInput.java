package io.e5spark.mteb.input;

import static org.apache.spark.sql.functions.col;

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

/** The rows of a task, and what is known about it. */
public final class TaskInput {
  private final TaskRows reader;
  private final TaskFiles files;
  private final EmbeddedRows embedded;
  private final TaskParameters parameters;
  private final Rules rules;
  private final JavaSparkContext spark;

  /** The rows of a task, to be embedded with these parameters and by these rules. */
  public TaskInput(
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

  /** The place of its rows. */
  public JavaSparkContext spark() {
    return spark;
  }

  /** The parameters that are fixed for the task. */
  public TaskParameters parameters() {
    return parameters;
  }

  /** The evaluation that is repeated. */
  public Rules rules() {
    return rules;
  }

  /**
   * The rows of a split.
   *
   * @throws IllegalArgumentException if it has no files
   */
  public Dataset<Row> rows(String split) {
    List<DataFile> found = files.of(split);
    if (found.isEmpty()) {
      throw new IllegalArgumentException("it has no files of the split " + split);
    }
    return UsualColumns.of(reader.read(found));
  }

  /** The rows of the split that is scored. */
  public Dataset<Row> rows() {
    return rows(parameters.split());
  }

  /** The rows of the split that is scored: the number, followed by these columns. */
  public TaskTexts texts(List<Integer> numbers, List<String> columns) {
    return texts(rows(), numbers, columns);
  }

  /** The rows of queries with their candidates: the number, followed by these columns. */
  public TaskTexts candidateTexts(List<Integer> numbers, List<String> columns) {
    return texts(candidates().read(), numbers, columns);
  }

  private static TaskTexts texts(Dataset<Row> rows, List<Integer> numbers, List<String> columns) {
    List<Row> found =
        rows.where(col(TaskRows.NUMBER).isin(numbers.toArray()))
            .select(TaskRows.NUMBER, columns.toArray(String[]::new))
            .collectAsList();
    return new TaskTexts(
        found.stream().collect(Collectors.toMap(row -> row.getLong(0), row -> row)));
  }

  private CandidateRows candidates() {
    return new CandidateRows(reader, files, parameters.split());
  }

  /** The queries with the vectors of their candidates, from a corpus and ranked ids. */
  public JavaRDD<TaskRow> embeddedCandidates() {
    CandidateRows candidates = candidates();
    return embedded(
        parameters.split(), candidates.read(), TaskKind.CANDIDATE_RERANKING, candidates.files());
  }

  /** The rows of a split with the vectors of their texts. */
  public JavaRDD<TaskRow> embedded(String split, Dataset<Row> rows, TaskKind kind) {
    return embedded(split, rows, kind, files.of(split));
  }

  /**
   * Some rows of a split with the vectors of their texts, which are kept apart from the others'.
   */
  public JavaRDD<TaskRow> embeddedSample(String split, Dataset<Row> rows, TaskKind kind) {
    return embedded(split + "-sample", rows, kind, files.of(split));
  }

  private JavaRDD<TaskRow> embedded(
      String what, Dataset<Row> rows, TaskKind kind, List<DataFile> of) {
    Map<String, InputType> types = new HashMap<>();
    kind.textColumns().forEach(column -> types.put(column, rules.inputType(kind, column)));
    String identity = of.stream().map(DataFile::identity).collect(Collectors.joining(" "));
    return embedded.of(what, rows, identity + " " + parameters, types);
  }

  /** The number of a row, which restores the order of the rows in results. */
  public record Numbered<T>(long number, T value) implements java.io.Serializable {}

  /** The results of a function for each row, in the order of the rows. */
  public static <T> List<T> inOrder(JavaRDD<TaskRow> rows, Function<TaskRow, T> function) {
    return numbered(rows, function).stream().map(Numbered::value).toList();
  }

  /** The results of a function for each row with its number, in the order of the rows. */
  public static <T> List<Numbered<T>> numbered(
      JavaRDD<TaskRow> rows, Function<TaskRow, T> function) {
    return rows.map(row -> new Numbered<>(row.number(), function.call(row))).collect().stream()
        .sorted(Comparator.comparingLong(Numbered::number))
        .toList();
  }
}
