package io.e5spark.mteb.score;

import java.util.List;

/**
 * How well candidates are ranked, by MTEB's rules of 2023. Queries without relevant candidates, or
 * with no others, do not count.
 *
 * @param map the mean of the average precisions, in which equal scores form one step
 * @param mrr the mean of the reciprocal ranks within 10; of candidates with equal scores, relevant
 *     ones rank first
 * @param queries the number of queries that counted
 */
public record RerankingScores(double map, double mrr, int queries) {
  private static final int CUTOFF = 10;

  /**
   * The candidates of a query.
   *
   * @param scores larger is nearer
   * @param relevant relevant ones first
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Candidates(double[] scores, boolean[] relevant) implements java.io.Serializable {
    boolean count() {
      int relevantOnes = RankedRows.of(scores, relevant).relevantRows();
      return relevantOnes > 0 && relevantOnes < scores.length;
    }
  }

  /** The scores over all queries. */
  public static RerankingScores of(List<Candidates> queries) {
    List<RankedRows> counted =
        queries.stream()
            .filter(Candidates::count)
            .map(one -> RankedRows.of(one.scores, one.relevant))
            .toList();
    return new RerankingScores(
        counted.stream().mapToDouble(RankedRows::averagePrecision).average().orElse(0),
        counted.stream().mapToDouble(one -> one.reciprocalRank(CUTOFF)).average().orElse(0),
        counted.size());
  }

  /** The score of a document: its largest cosine to any vector of the query. */
  public static double score(float[][] query, float[] document) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float[] one : query) {
      largest = Math.max(largest, Similarity.cosineByProduct(one, document));
    }
    return largest;
  }
}
