package io.e5spark.mteb.score;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How well the similarities of sentences correlate with people's judgements. */
public final class StsScores {
  private static final List<Similarity> COMPARED =
      List.of(Similarity.COSINE, Similarity.MANHATTAN, Similarity.EUCLIDEAN);

  private StsScores() {}

  /**
   * The correlations by name, such as {@code cosine_spearman}.
   *
   * @param judgements the judgements of the pairs
   * @param similarities the similarities of the same pairs
   */
  public static Map<String, Double> of(
      double[] judgements, Map<Similarity, double[]> similarities) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (Similarity similarity : COMPARED) {
      double[] values = similarities.get(similarity);
      int sign = similarity.higherIsMoreSimilar() ? 1 : -1;
      double[] nearness = Arrays.stream(values).map(one -> sign * one).toArray();
      for (Correlation kind : Correlation.values()) {
        String name = similarity + "_" + kind.name().toLowerCase(Locale.ROOT);
        scores.put(name, kind.of(judgements, nearness));
      }
    }
    return scores;
  }
}
