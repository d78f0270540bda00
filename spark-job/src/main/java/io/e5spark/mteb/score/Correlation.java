package io.e5spark.mteb.score;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/** The correlation of two lists of numbers; NaN if one of them is constant. */
public enum Correlation {
  /** The correlation of the values. */
  PEARSON,
  /** The correlation of the ranks; equal values have the mean of their ranks. */
  SPEARMAN;

  /**
   * The correlation, from -1 to 1.
   *
   * @param x as many as {@code y}
   */
  public double of(double[] x, double[] y) {
    if (isConstant(x) || isConstant(y)) {
      return Double.NaN;
    }
    double found = this == PEARSON ? pearson(x, y) : pearson(ranks(x), ranks(y));
    return Math.max(-1, Math.min(1, found));
  }

  private static double pearson(double[] x, double[] y) {
    return new PearsonsCorrelation().correlation(x, y);
  }

  private static double[] ranks(double[] values) {
    return new NaturalRanking().rank(values);
  }

  private static boolean isConstant(double[] values) {
    return Arrays.stream(values).distinct().limit(2).count() < 2;
  }

  /**
   * The two-sided p-value of a correlation, by Student's t with two degrees of freedom fewer than
   * values.
   */
  public static double pValue(double correlation, int values) {
    if (Double.isNaN(correlation)) {
      return Double.NaN;
    }
    if (values == 2) {
      return 1;
    }
    if (Math.abs(correlation) == 1) {
      return 0;
    }
    int freedom = values - 2;
    double t = correlation * Math.sqrt(freedom / (1 - correlation * correlation));
    return 2 * new TDistribution(freedom).cumulativeProbability(-Math.abs(t));
  }
}
