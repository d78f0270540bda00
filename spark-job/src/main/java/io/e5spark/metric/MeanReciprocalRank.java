package io.e5spark.metric;

/**
 * The reciprocal rank of the first relevant document if it is among the first k, else 0. Source:
 * BEIR, {@code custom_metrics.py}, {@code mrr}.
 */
public record MeanReciprocalRank(int cutoff) implements Metric {
  @Override
  public String label() {
    return "MRR@" + cutoff;
  }

  @Override
  public double of(JudgedRanking ranking) {
    int rank = ranking.firstRelevantAmong(cutoff);
    return rank == 0 ? 0 : 1.0 / rank;
  }

  @Override
  public Convention convention() {
    return Convention.BEIR;
  }
}
