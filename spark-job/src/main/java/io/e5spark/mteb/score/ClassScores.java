package io.e5spark.mteb.score;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** How well predicted labels agree with the true ones. */
public final class ClassScores {
  private ClassScores() {}

  /**
   * Accuracy, and the means of precision, recall and F1 over the labels that occur, both plain and
   * weighted by how often each label is true.
   *
   * @param truth the labels of the rows
   * @param found the predictions for the same rows
   */
  public static Map<String, Double> of(int[] truth, int[] found) {
    TreeSet<Integer> labels = new TreeSet<>();
    Arrays.stream(truth).forEach(labels::add);
    Arrays.stream(found).forEach(labels::add);
    Means means = new Means(labels.size(), truth.length);
    labels.forEach(label -> means.add(Counts.of(label, truth, found)));
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("accuracy", accuracy(truth, found));
    scores.putAll(means.values);
    if (isBinary(truth)) {
      scores.put("ap", averagePrecision(truth, found));
    }
    return scores;
  }

  private static double accuracy(int[] truth, int[] found) {
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      right += truth[i] == found[i] ? 1 : 0;
    }
    return (double) right / truth.length;
  }

  private static boolean isBinary(int[] truth) {
    return Arrays.stream(truth)
        .distinct()
        .sorted()
        .boxed()
        .toList()
        .equals(java.util.List.of(0, 1));
  }

  /** The average precision with predicted labels as scores. */
  private static double averagePrecision(int[] truth, int[] found) {
    boolean[] relevant = new boolean[truth.length];
    for (int i = 0; i < truth.length; i++) {
      relevant[i] = truth[i] == 1;
    }
    return RankedRows.of(Arrays.stream(found).asDoubleStream().toArray(), relevant)
        .averagePrecision();
  }

  /** The counts of one label: right predictions, all predictions, and all rows that have it. */
  private record Counts(int right, int predicted, int actual) {
    static Counts of(int label, int[] truth, int[] found) {
      int right = 0;
      int predicted = 0;
      int actual = 0;
      for (int i = 0; i < truth.length; i++) {
        right += truth[i] == label && found[i] == label ? 1 : 0;
        predicted += found[i] == label ? 1 : 0;
        actual += truth[i] == label ? 1 : 0;
      }
      return new Counts(right, predicted, actual);
    }

    double precision() {
      return predicted == 0 ? 0 : (double) right / predicted;
    }

    double recall() {
      return actual == 0 ? 0 : (double) right / actual;
    }

    double f1() {
      return right == 0 ? 0 : 2.0 * right / (predicted + actual);
    }
  }

  private static final class Means {
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final int labels;
    private final int rows;

    Means(int labels, int rows) {
      this.labels = labels;
      this.rows = rows;
    }

    void add(Counts counts) {
      add("f1", counts.f1(), counts);
      add("precision", counts.precision(), counts);
      add("recall", counts.recall(), counts);
    }

    private void add(String name, double value, Counts counts) {
      values.merge(name, value / labels, Double::sum);
      values.merge(name + "_weighted", value * counts.actual / rows, Double::sum);
    }
  }
}
