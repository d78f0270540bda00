package io.e5spark.mteb.score;

import java.util.Arrays;

/**
 * How well a threshold on a similarity separates pairs of the same meaning from others. Thresholds
 * lie between neighbouring rows, with the first row and the last always on different sides; equal
 * similarities are cut in the order of the file. Source: MTEB's pair classification.
 *
 * @param accuracy the best accuracy of all thresholds
 * @param f1 the best F1 of all thresholds, with its precision and recall
 * @param averagePrecision of the pairs by falling similarity
 */
public record PairScores(
    double accuracy,
    double accuracyThreshold,
    double f1,
    double precision,
    double recall,
    double f1Threshold,
    double averagePrecision) {

  /**
   * Scores pairs.
   *
   * @param similarities the similarities of the pairs
   * @param same whether the texts of a pair have the same meaning
   * @param similarity the kind of these similarities
   */
  public static PairScores of(double[] similarities, boolean[] same, Similarity similarity) {
    int sign = similarity.higherIsMoreSimilar() ? 1 : -1;
    double[] scores = Arrays.stream(similarities).map(one -> sign * one).toArray();
    RankedRows rows = RankedRows.of(scores, same);
    Best accuracy = bestAccuracy(rows);
    Best f1 = bestF1(rows);
    return new PairScores(
        accuracy.value,
        accuracy.threshold(rows, sign),
        f1.value,
        f1.precision,
        f1.recall,
        f1.value == 0 ? 0 : f1.threshold(rows, sign),
        rows.averagePrecision());
  }

  /** The best cut, after row {@code at}; -1 if there is none yet. */
  private record Best(double value, int at, double precision, double recall) {
    static final Best NONE = new Best(0, -1, 0, 0);

    double threshold(RankedRows rows, int sign) {
      return at < 0 ? -1 : sign * (rows.scores()[at] + rows.scores()[at + 1]) / 2;
    }
  }

  private static Best bestAccuracy(RankedRows rows) {
    Best best = Best.NONE;
    int right = rows.size() - rows.relevantRows();
    for (int i = 0; i < rows.size() - 1; i++) {
      right += rows.relevant()[i] ? 1 : -1;
      double accuracy = (double) right / rows.size();
      if (accuracy > best.value) {
        best = new Best(accuracy, i, 0, 0);
      }
    }
    return best;
  }

  private static Best bestF1(RankedRows rows) {
    Best best = Best.NONE;
    int total = rows.relevantRows();
    int found = 0;
    for (int i = 0; i < rows.size() - 1; i++) {
      found += rows.relevant()[i] ? 1 : 0;
      double precision = (double) found / (i + 1);
      double recall = (double) found / total;
      double f1 = found == 0 ? 0 : 2 * precision * recall / (precision + recall);
      if (f1 > best.value) {
        best = new Best(f1, i, precision, recall);
      }
    }
    return best;
  }
}
