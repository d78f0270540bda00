package io.e5spark.metric;

/**
 * Normalized discounted cumulative gain: the sum of {@code grade / log2(rank + 1)} over the first
 * ranks, divided by that of the best possible ranking of all judged documents. 0 if none is
 * relevant. Source: trec_eval 9.0.8, {@code m_ndcg_cut.c}.
 */
public record Ndcg(int cutoff) implements Metric {
  @Override
  public String label() {
    return "NDCG@" + cutoff;
  }

  @Override
  public double of(JudgedRanking ranking) {
    double ideal = 0;
    double found = 0;
    for (int rank = 1; rank <= cutoff; rank++) {
      double discount = Math.log(rank + 1) / Math.log(2);
      found += ranking.gain(rank) / discount;
      ideal += ranking.idealGain(rank) / discount;
    }
    return ideal == 0 ? 0 : found / ideal;
  }
}
