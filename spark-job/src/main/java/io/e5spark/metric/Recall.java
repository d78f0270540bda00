package io.e5spark.metric;

/**
 * The share of the relevant judged documents that is among the first k; 0 if there are none.
 * Source: trec_eval 9.0.8, {@code m_recall.c}.
 */
public record Recall(int cutoff) implements Metric {
  @Override
  public String label() {
    return "Recall@" + cutoff;
  }

  @Override
  public double of(JudgedRanking ranking) {
    int relevant = ranking.relevant();
    return relevant == 0 ? 0 : (double) ranking.relevantAmong(cutoff) / relevant;
  }
}
