package io.e5spark.metric;

/**
 * 1 if a relevant document is among the first k, else 0. Source: BEIR, {@code custom_metrics.py},
 * {@code top_k_accuracy}.
 */
public record Accuracy(int cutoff) implements Metric {
  @Override
  public String label() {
    return "Accuracy@" + cutoff;
  }

  @Override
  public double of(JudgedRanking ranking) {
    return ranking.firstRelevantAmong(cutoff) > 0 ? 1 : 0;
  }

  @Override
  public Convention convention() {
    return Convention.BEIR;
  }
}
