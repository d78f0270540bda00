package io.e5spark.mteb.task;

import static org.apache.spark.sql.functions.col;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.folder.TaskRows;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.learn.LogisticRegression;
import io.e5spark.mteb.learn.TrainingSamples;
import io.e5spark.mteb.score.ClassScores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Classifiers that are trained on a few rows each, and their predictions for the test rows. */
final class ClassificationTask implements TaskType {
  static final String TRAIN = "train";
  private static final String LABEL = "label";

  @Override
  public TaskScores run(TaskInput input) {
    Dataset<Row> train = input.rows(TRAIN);
    if (!train.where(col(LABEL).isNull()).isEmpty()) {
      throw new IllegalArgumentException("its split train has rows without a label");
    }
    List<String> labels =
        train.orderBy(TaskRows.NUMBER).select(col(LABEL).cast("string")).collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    Map<String, Integer> classes = numbered(labels);
    List<int[]> samples =
        TrainingSamples.of(
            labels, input.parameters().samplesPerLabel(), input.parameters().experiments());
    List<LogisticRegression> classifiers = train(input, train, samples, labels, classes);
    List<Prediction> predictions = predictions(input, classifiers, classes);
    return scores(
        predictions,
        samples.size(),
        new WrongClasses(input, train, classes, predictions).findings());
  }

  /** The labels in the order of scikit-learn's classes: by their values, numbers as numbers. */
  private static Map<String, Integer> numbered(List<String> labels) {
    boolean numbers = labels.stream().allMatch(label -> label.matches("-?\\d{1,18}"));
    Comparator<String> order =
        numbers ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    Map<String, Integer> classes = new TreeMap<>(order);
    labels.forEach(label -> classes.put(label, 0));
    int next = 0;
    for (Map.Entry<String, Integer> one : classes.entrySet()) {
      one.setValue(next++);
    }
    return new HashMap<>(classes);
  }

  private static List<LogisticRegression> train(
      TaskInput input,
      Dataset<Row> train,
      List<int[]> samples,
      List<String> labels,
      Map<String, Integer> classes) {
    Integer[] wanted =
        samples.stream().flatMapToInt(IntStream::of).distinct().boxed().toArray(Integer[]::new);
    Map<Long, float[]> vectors = new HashMap<>();
    input
        .embeddedSample(
            TRAIN,
            train.where(col(TaskRows.NUMBER).isin((Object[]) wanted)),
            TaskKind.CLASSIFICATION)
        .map(row -> new TaskInput.Numbered<>(row.number(), row.vector("text")))
        .collect()
        .forEach(row -> vectors.put(row.number(), row.value()));
    Broadcast<HashMap<Long, float[]>> all = input.spark().broadcast(new HashMap<>(vectors));
    Broadcast<List<String>> truth = input.spark().broadcast(new ArrayList<>(labels));
    return input
        .spark()
        .parallelize(samples, samples.size())
        .map(sample -> train(sample, all.value(), truth.value(), classes))
        .collect();
  }

  private static LogisticRegression train(
      int[] sample, Map<Long, float[]> vectors, List<String> labels, Map<String, Integer> classes) {
    float[][] rows =
        IntStream.of(sample).mapToObj(row -> vectors.get((long) row)).toArray(float[][]::new);
    int[] truth = IntStream.of(sample).map(row -> classes.get(labels.get(row))).toArray();
    return LogisticRegression.train(rows, truth, classes.size());
  }

  private static List<Prediction> predictions(
      TaskInput input, List<LogisticRegression> classifiers, Map<String, Integer> classes) {
    Broadcast<List<LogisticRegression>> all = input.spark().broadcast(new ArrayList<>(classifiers));
    return TaskInput.inOrder(
        input.embedded(input.parameters().split(), input.rows(), TaskKind.CLASSIFICATION),
        row ->
            new Prediction(
                classes.getOrDefault(row.text(LABEL), classes.size()),
                all.value().stream().mapToInt(one -> one.classOf(row.vector("text"))).toArray()));
  }

  private static TaskScores scores(
      List<Prediction> predictions, int experiments, List<Finding> findings) {
    int[] truth = predictions.stream().mapToInt(Prediction::truth).toArray();
    List<Map<String, Double>> each = new ArrayList<>();
    for (int experiment = 0; experiment < experiments; experiment++) {
      int one = experiment;
      each.add(ClassScores.of(truth, predictions.stream().mapToInt(p -> p.found()[one]).toArray()));
    }
    Map<String, Object> scores = new LinkedHashMap<>();
    scores.put("scores_per_experiment", each);
    for (String name : each.get(0).keySet()) {
      double[] values = each.stream().mapToDouble(map -> map.getOrDefault(name, 0.0)).toArray();
      scores.put(name, StatUtils.mean(values));
      scores.put(name + "_stderr", Math.sqrt(StatUtils.populationVariance(values)));
    }
    return new TaskScores("accuracy", scores, predictions.size(), findings);
  }
}
