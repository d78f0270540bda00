package io.e5spark.eval.report;

import java.util.Map;

/**
 * The metric that stands for all: nDCG@10, or nDCG at another cut-off, or the first metric there
 * is.
 */
final class HeadlineMetric {
  private static final String USUAL = "NDCG@10";

  private HeadlineMetric() {}

  /** Its label. */
  static String of(Map<String, Double> means) {
    return means.containsKey(USUAL)
        ? USUAL
        : means.keySet().stream()
            .filter(label -> label.startsWith("NDCG@"))
            .reduce((first, last) -> last)
            .orElseGet(() -> means.keySet().iterator().next());
  }
}
