package io.e5spark.metric;

/**
 * The number of relevant documents among the first k, divided by the most that there could be: the
 * number of relevant documents or the cut-off, whichever is less. 0 if none is relevant. Source:
 * BEIR, {@code custom_metrics.py}, {@code recall_cap}.
 */
public record CappedRecall(int cutoff) implements Metric {
  @Override
  public String label() {
    return "R_cap@" + cutoff;
  }

  @Override
  public double of(JudgedRanking ranking) {
    int possible = Math.min(ranking.relevant(), cutoff);
    return possible == 0 ? 0 : (double) ranking.relevantAmong(cutoff) / possible;
  }

  @Override
  public Convention convention() {
    return Convention.BEIR;
  }
}
