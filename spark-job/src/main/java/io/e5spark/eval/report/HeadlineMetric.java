package io.e5spark.eval.report;

import java.util.Map;

/**
 * The metric that represents all others: nDCG@10, or nDCG at another cut-off, or the first metric.
 */
final class HeadlineMetric {
  private static final String USUAL = "NDCG@10";

  private HeadlineMetric() {}

  /** The label of this metric. */
  static String of(Map<String, Double> means) {
    return means.containsKey(USUAL)
        ? USUAL
        : means.keySet().stream()
            .filter(label -> label.startsWith("NDCG@"))
            .reduce((first, last) -> last)
            .orElseGet(() -> means.keySet().iterator().next());
  }
}
