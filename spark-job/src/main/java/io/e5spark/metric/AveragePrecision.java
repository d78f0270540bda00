package io.e5spark.metric;

/**
 * The sum of the precision at each relevant document among the first k, divided by the number of
 * relevant judged documents, of which there may be more than the cut-off. Source: trec_eval 9.0.8,
 * {@code m_map_cut.c}.
 */
public record AveragePrecision(int cutoff) implements Metric {
  @Override
  public String label() {
    return "MAP@" + cutoff;
  }

  @Override
  public double of(JudgedRanking ranking) {
    double sum = 0;
    int found = 0;
    for (int rank = 1; rank <= Math.min(cutoff, ranking.length()); rank++) {
      if (ranking.isRelevant(rank)) {
        found++;
        sum += (double) found / rank;
      }
    }
    return ranking.relevant() == 0 ? 0 : sum / ranking.relevant();
  }
}
