package io.e5spark.mteb.score;

import java.util.Locale;

/** The similarity of two vectors, in double precision. */
public enum Similarity {
  /**
   * The cosine, computed from half the squared distance of the unit vectors; 0.5 with a zero
   * vector.
   */
  COSINE(true) {
    @Override
    public double of(float[] a, float[] b) {
      double normA = orOne(Math.sqrt(product(a, a)));
      double normB = orOne(Math.sqrt(product(b, b)));
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        double difference = a[i] / normA - b[i] / normB;
        sum += difference * difference;
      }
      return 1 - sum / 2;
    }
  },
  /** The sum of absolute differences; less is more similar. */
  MANHATTAN(false) {
    @Override
    public double of(float[] a, float[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += Math.abs((double) a[i] - b[i]);
      }
      return sum;
    }
  },
  /** The norm of the difference; less is more similar. */
  EUCLIDEAN(false) {
    @Override
    public double of(float[] a, float[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        double difference = (double) a[i] - b[i];
        sum += difference * difference;
      }
      return Math.sqrt(sum);
    }
  },
  /** The dot product. */
  DOT(true) {
    @Override
    public double of(float[] a, float[] b) {
      return product(a, b);
    }
  };

  private static final double SMALLEST_NORM = 1e-12;

  private final boolean higherIsMoreSimilar;

  Similarity(boolean higherIsMoreSimilar) {
    this.higherIsMoreSimilar = higherIsMoreSimilar;
  }

  /** The similarity of two vectors of one dimension. */
  public abstract double of(float[] a, float[] b);

  /** The cosine as a product of unit vectors; 0 with a zero vector. */
  public static double cosineByProduct(float[] a, float[] b) {
    double normA = Math.max(Math.sqrt(product(a, a)), SMALLEST_NORM);
    double normB = Math.max(Math.sqrt(product(b, b)), SMALLEST_NORM);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] / normA * (b[i] / normB);
    }
    return sum;
  }

  /** Whether larger values mean more similar. */
  public boolean higherIsMoreSimilar() {
    return higherIsMoreSimilar;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double orOne(double norm) {
    return norm == 0 ? 1 : norm;
  }

  /** The name in result files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
