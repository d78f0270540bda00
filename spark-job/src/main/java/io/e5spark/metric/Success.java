package io.e5spark.metric;

/**
 * 1 if a relevant document is among the first k, else 0. Source: trec_eval 9.0.8, {@code
 * m_success.c}.
 */
public record Success(int cutoff) implements Metric {
  @Override
  public String label() {
    return "Success@" + cutoff;
  }

  @Override
  public double of(JudgedRanking ranking) {
    return ranking.firstRelevantAmong(cutoff) > 0 ? 1 : 0;
  }
}
