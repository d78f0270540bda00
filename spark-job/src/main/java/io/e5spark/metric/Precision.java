package io.e5spark.metric;

/**
 * The number of relevant documents among the first k, divided by the cut-off, even if fewer
 * documents were found. Source: trec_eval 9.0.8, {@code m_P.c}.
 */
public record Precision(int cutoff) implements Metric {
  @Override
  public String label() {
    return "P@" + cutoff;
  }

  @Override
  public double of(JudgedRanking ranking) {
    return (double) ranking.relevantAmong(cutoff) / cutoff;
  }
}
