package io.e5spark.metric;

/**
 * The number of documents among the first k that are not judged for any query, divided by the
 * cut-off. Source: BEIR, {@code custom_metrics.py}, {@code hole}.
 */
public record Hole(int cutoff) implements Metric {
  @Override
  public String label() {
    return "Hole@" + cutoff;
  }

  @Override
  public double of(JudgedRanking ranking) {
    return (double) ranking.unjudgedAmong(cutoff) / cutoff;
  }

  @Override
  public Convention convention() {
    return Convention.BEIR;
  }
}
