package io.e5spark.mteb.task;

import io.e5spark.mteb.score.Similarity;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How alike two sentences are.
 *
 * @param similarities in the order of {@link Similarity}
 */
@SuppressWarnings("ArrayRecordComponent")
record ComparedPair(double judgement, double[] similarities) implements Serializable {
  static ComparedPair of(TaskRow row, double judgement) {
    float[] left = row.vector("sentence1");
    float[] right = row.vector("sentence2");
    return new ComparedPair(
        judgement,
        Arrays.stream(Similarity.values()).mapToDouble(kind -> kind.of(left, right)).toArray());
  }

  static double[] judgements(List<ComparedPair> pairs) {
    return pairs.stream().mapToDouble(ComparedPair::judgement).toArray();
  }

  static Map<Similarity, double[]> similarities(List<ComparedPair> pairs) {
    Map<Similarity, double[]> all = new EnumMap<>(Similarity.class);
    for (Similarity kind : Similarity.values()) {
      all.put(
          kind, pairs.stream().mapToDouble(pair -> pair.similarities[kind.ordinal()]).toArray());
    }
    return all;
  }
}
