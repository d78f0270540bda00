package io.e5spark.sql;

import org.apache.spark.sql.catalyst.util.ArrayData;

/** The dot product of two vectors of one length; called from generated code. */
public final class DotProduct {
  private DotProduct() {}

  /**
   * The sum of the products of their components, added up in eight lanes.
   *
   * @throws IllegalArgumentException if the vectors' dimensions differ
   */
  public static double of(ArrayData a, ArrayData b) {
    if (a.numElements() != b.numElements()) {
      throw new IllegalArgumentException(
          "Cannot compare vectors of %d and %d dimensions"
              .formatted(a.numElements(), b.numElements()));
    }
    return of(a.toFloatArray(), b.toFloatArray());
  }

  private static double of(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + 8 <= a.length; i += 8) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
      s4 += a[i + 4] * b[i + 4];
      s5 += a[i + 5] * b[i + 5];
      s6 += a[i + 6] * b[i + 6];
      s7 += a[i + 7] * b[i + 7];
    }
    double sum = (double) s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    for (; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
