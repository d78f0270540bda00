package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.input.Rules;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.input.TaskRow;
import io.e5spark.mteb.learn.MiniBatchKMeans;
import io.e5spark.mteb.score.VMeasure;
import io.e5spark.platform.Count;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Compares the clusters of each row's sentences with their labels; the rows are clustered in
 * parallel.
 */
final class ClusteringTask implements TaskType {
  private static final int BATCH = 500;
  private static final int SEED = 42;

  @Override
  public TaskScores run(TaskInput input) {
    Rules rules = input.rules();
    List<ClusterContents> clustered =
        TaskInput.inOrder(
            input
                .embedded(input.parameters().split(), input.rows(), TaskKind.CLUSTERING)
                .repartition(input.spark().defaultParallelism()),
            row -> clustered(row, rules));
    List<Double> measures = clustered.stream().map(ClusterContents::vMeasure).toList();
    Map<String, Object> scores = new LinkedHashMap<>();
    scores.putAll(summary(measures));
    scores.put("v_measures", measures);
    return new TaskScores(
        "v_measure", scores, measures.size(), ClusterContents.findings(clustered));
  }

  static Map<String, Double> summary(List<Double> measures) {
    double[] values = measures.stream().mapToDouble(Double::doubleValue).toArray();
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("v_measure", StatUtils.mean(values));
    scores.put("v_measure_std", Math.sqrt(StatUtils.populationVariance(values)));
    return scores;
  }

  private static ClusterContents clustered(TaskRow row, Rules rules) {
    List<String> labels = row.texts("labels");
    float[][] sentences = row.vectors("sentences");
    if (labels.size() != sentences.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "row %d has %s and %s (must be equal numbers)",
              row.number(),
              Count.of(sentences.length, "sentence"),
              Count.of(labels.size(), "label")));
    }
    int clusters = (int) labels.stream().distinct().count();
    if (clusters == 1 && rules == Rules.MTEB2) {
      return ClusterContents.of(1, labels, new int[labels.size()]);
    }
    MiniBatchKMeans kMeans =
        new MiniBatchKMeans(clusters, BATCH, rules.starts(), SEED, rules.draws());
    int[] found = kMeans.fit(sentences).labels();
    return ClusterContents.of(VMeasure.of(labels, found), labels, found);
  }
}
