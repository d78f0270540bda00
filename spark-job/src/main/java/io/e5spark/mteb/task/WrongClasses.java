package io.e5spark.mteb.task;

import static org.apache.spark.sql.functions.col;

import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.input.TaskTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The labels that the classifiers of a task confuse, and the rows that no classifier gets right.
 */
final class WrongClasses {
  private static final String LABEL = "label";
  private static final String LABEL_TEXT = "label_text";

  private final TaskInput input;
  private final List<Prediction> predictions;
  private final Map<Integer, String> names;

  /**
   * The tables of a task.
   *
   * @param train the training split, which may name its labels
   * @param classes the numbers of the labels
   * @param predictions the predictions, in the order of the rows
   */
  WrongClasses(
      TaskInput input,
      Dataset<Row> train,
      Map<String, Integer> classes,
      List<Prediction> predictions) {
    this.input = input;
    this.predictions = predictions;
    this.names = names(train, classes);
  }

  private static Map<Integer, String> names(Dataset<Row> train, Map<String, Integer> classes) {
    Map<Integer, String> names = new HashMap<>();
    classes.forEach((label, number) -> names.put(number, label));
    if (Arrays.asList(train.columns()).contains(LABEL_TEXT)) {
      train
          .select(col(LABEL).cast("string"), col(LABEL_TEXT).cast("string"))
          .distinct()
          .na()
          .drop()
          .collectAsList()
          .forEach(row -> names.put(classes.get(row.getString(0)), row.getString(1)));
    }
    return names;
  }

  List<Finding> findings() {
    return List.of(confused(), neverRight());
  }

  /** How often each label was predicted for each label. */
  private Finding confused() {
    Map<Integer, TreeMap<Integer, Integer>> found = new TreeMap<>();
    for (Prediction one : predictions) {
      TreeMap<Integer, Integer> ofLabel =
          found.computeIfAbsent(one.truth(), label -> new TreeMap<>());
      Arrays.stream(one.found()).forEach(label -> ofLabel.merge(label, 1, Integer::sum));
    }
    List<List<String>> rows =
        found.entrySet().stream()
            .sorted(Comparator.comparingDouble(one -> share(one.getValue(), one.getKey())))
            .limit(Finding.MOST)
            .map(one -> confused(one.getKey(), one.getValue()))
            .toList();
    return new Finding(
        "Labels that are found least often", List.of("label", "rows", "found", "taken for"), rows);
  }

  private List<String> confused(int label, Map<Integer, Integer> found) {
    String takenFor =
        found.entrySet().stream()
            .filter(other -> other.getKey() != label)
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .limit(3)
            .map(
                other -> name(other.getKey()) + " " + Finding.percent(share(found, other.getKey())))
            .reduce((one, other) -> one + ", " + other)
            .orElse("");
    int experiments = predictions.get(0).found().length;
    String rows = String.valueOf(all(found) / experiments);
    return List.of(name(label), rows, Finding.percent(share(found, label)), takenFor);
  }

  private static int all(Map<Integer, Integer> found) {
    return found.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static double share(Map<Integer, Integer> found, int label) {
    return (double) found.getOrDefault(label, 0) / all(found);
  }

  private String name(int label) {
    return names.getOrDefault(label, "a label that the training rows lack");
  }

  private Finding neverRight() {
    List<Integer> never =
        IntStream.range(0, predictions.size())
            .filter(i -> isNeverRight(predictions.get(i)))
            .limit(Finding.MOST)
            .boxed()
            .toList();
    TaskTexts texts = input.texts(never, List.of("text"));
    List<List<String>> rows = new ArrayList<>();
    for (int i : never) {
      Prediction one = predictions.get(i);
      rows.add(List.of(texts.of(i).getString(1), name(one.truth()), name(one.found()[0])));
    }
    return new Finding(
        "Rows that no classifier gets right", List.of("text", "label", "found by the first"), rows);
  }

  private static boolean isNeverRight(Prediction one) {
    return IntStream.of(one.found()).noneMatch(label -> label == one.truth());
  }
}
