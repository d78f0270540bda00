package io.e5spark.mteb.score;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often the nearest sentence of the other language is the translation. */
public final class BitextScores {
  private BitextScores() {}

  /**
   * The number of the nearest of these vectors by cosine; the first one if several are equally
   * near.
   */
  public static int nearest(float[] vector, float[][] among) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < among.length; i++) {
      double cosine = Similarity.cosineByProduct(vector, among[i]);
      if (cosine > largest) {
        largest = cosine;
        best = i;
      }
    }
    return best;
  }

  /**
   * Precision, recall and F1, weighted by how often each translation is the right one, and
   * accuracy.
   *
   * @param gold the number of each sentence's translation
   * @param found the number of the nearest sentence
   */
  public static Map<String, Double> of(int[] gold, int[] found) {
    Map<String, Double> all = ClassScores.of(gold, found);
    Map<String, Double> scores = new LinkedHashMap<>();
    for (String name : new String[] {"precision", "recall", "f1"}) {
      scores.put(name, all.getOrDefault(name + "_weighted", 0.0));
    }
    scores.put("accuracy", all.getOrDefault("accuracy", 0.0));
    return scores;
  }
}
