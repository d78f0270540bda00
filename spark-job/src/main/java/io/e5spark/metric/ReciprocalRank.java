package io.e5spark.metric;

/**
 * The reciprocal rank of the first relevant document, however low it ranks; 0 if none was found.
 * Source: trec_eval 9.0.8, {@code m_recip_rank.c}.
 */
public record ReciprocalRank() implements Metric {
  @Override
  public String label() {
    return "RR";
  }

  @Override
  public double of(JudgedRanking ranking) {
    int rank = ranking.firstRelevantAmong(ranking.length());
    return rank == 0 ? 0 : 1.0 / rank;
  }
}
