package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.score.PairScores;
import io.e5spark.mteb.score.Similarity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Thresholds on similarities that separate pairs of the same meaning from others. */
final class PairTask implements TaskType {
  @Override
  public TaskScores run(TaskInput input) {
    List<ComparedPair> pairs =
        TaskInput.inOrder(
            input.embedded(input.parameters().split(), input.rows(), TaskKind.PAIR_CLASSIFICATION),
            row -> ComparedPair.of(row, row.number("labels")));
    boolean[] same = new boolean[pairs.size()];
    for (int i = 0; i < same.length; i++) {
      same[i] = pairs.get(i).judgement() == 1;
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    ComparedPair.similarities(pairs)
        .forEach((kind, values) -> put(scores, kind, PairScores.of(values, same, kind)));
    return TaskScores.of("max_ap", scores, pairs.size(), new WrongPairs(input, pairs).byLabel());
  }

  private static void put(Map<String, Double> scores, Similarity kind, PairScores found) {
    Map<String, Double> ofKind = new LinkedHashMap<>();
    ofKind.put("accuracy", found.accuracy());
    ofKind.put("f1", found.f1());
    ofKind.put("precision", found.precision());
    ofKind.put("recall", found.recall());
    ofKind.put("ap", found.averagePrecision());
    ofKind.forEach(
        (name, value) -> {
          scores.put(kind + "_" + name, value);
          if (kind == Similarity.COSINE) {
            scores.put("similarity_" + name, value);
          }
          scores.merge("max_" + name, value, Math::max);
        });
    scores.put(kind + "_accuracy_threshold", found.accuracyThreshold());
    scores.put(kind + "_f1_threshold", found.f1Threshold());
  }
}
