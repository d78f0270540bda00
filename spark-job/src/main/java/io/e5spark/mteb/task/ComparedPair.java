package io.e5spark.mteb.task;

import io.e5spark.mteb.input.TaskRow;
import io.e5spark.mteb.score.Similarity;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The similarity of two sentences.
 *
 * @param judgement the judgement of people
 * @param similarities the similarity of each kind
 */
record ComparedPair(double judgement, EnumMap<Similarity, Double> similarities)
    implements Serializable {
  static ComparedPair of(TaskRow row, double judgement) {
    float[] left = row.vector("sentence1");
    float[] right = row.vector("sentence2");
    EnumMap<Similarity, Double> similarities = new EnumMap<>(Similarity.class);
    for (Similarity kind : Similarity.values()) {
      similarities.put(kind, kind.of(left, right));
    }
    return new ComparedPair(judgement, similarities);
  }

  double similarity(Similarity kind) {
    return similarities.getOrDefault(kind, Double.NaN);
  }

  static double[] judgements(List<ComparedPair> pairs) {
    return pairs.stream().mapToDouble(ComparedPair::judgement).toArray();
  }

  static Map<Similarity, double[]> similarities(List<ComparedPair> pairs) {
    Map<Similarity, double[]> all = new EnumMap<>(Similarity.class);
    for (Similarity kind : Similarity.values()) {
      all.put(kind, pairs.stream().mapToDouble(pair -> pair.similarity(kind)).toArray());
    }
    return all;
  }
}
