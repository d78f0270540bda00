package io.e5spark.mteb.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Rows by descending score; rows with equal scores keep their order.
 *
 * @param scores descending scores
 * @param relevant whether each row is relevant
 */
@SuppressWarnings("ArrayRecordComponent")
record RankedRows(double[] scores, boolean[] relevant) {
  static RankedRows of(double[] scores, boolean[] relevant) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> 0 - scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    boolean[] ranked = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      ranked[i] = relevant[order[i]];
    }
    return new RankedRows(Arrays.stream(order).mapToDouble(i -> scores[i]).toArray(), ranked);
  }

  int size() {
    return scores.length;
  }

  int relevantRows() {
    int count = 0;
    for (boolean one : relevant) {
      count += one ? 1 : 0;
    }
    return count;
  }

  /**
   * The mean of the precisions at each distinct score, weighted by the recall gained there; 0
   * without relevant rows. Source: scikit-learn's {@code average_precision_score}.
   */
  double averagePrecision() {
    int total = relevantRows();
    double sum = 0;
    int found = 0;
    int before = 0;
    for (int i = 0; i < size(); i++) {
      found += relevant[i] ? 1 : 0;
      boolean lastOfEquals = i + 1 == size() || scores[i + 1] != scores[i];
      if (lastOfEquals && total > 0) {
        sum += ((double) found / total - (double) before / total) * ((double) found / (i + 1));
        before = found;
      }
    }
    return sum;
  }

  /**
   * One divided by the rank of the first relevant row if it is among the first {@code cutoff}, else
   * 0.
   */
  double reciprocalRank(int cutoff) {
    for (int i = 0; i < Math.min(cutoff, size()); i++) {
      if (relevant[i]) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }
}
