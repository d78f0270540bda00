package io.e5spark.mteb.learn;

import java.util.Arrays;

/** Rows as points among centres, in double precision. */
final class Points {
  private Points() {}

  static double squaredDistance(float[] row, double[] centre) {
    double sum = 0;
    for (int i = 0; i < centre.length; i++) {
      double difference = row[i] - centre[i];
      sum += difference * difference;
    }
    return sum;
  }

  static double[] asDoubles(float[] row) {
    double[] copy = new double[row.length];
    Arrays.setAll(copy, i -> row[i]);
    return copy;
  }
}
