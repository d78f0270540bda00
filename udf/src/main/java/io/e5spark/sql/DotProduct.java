package io.e5spark.sql;

import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;

/** The dot product of two vectors of one length; called from generated code. */
public final class DotProduct {
  private static final long START = Platform.FLOAT_ARRAY_OFFSET;
  private static final int LANES = 8;

  private DotProduct() {}

  /**
   * The sum of the products of their components, added up in eight lanes.
   *
   * @throws IllegalArgumentException if the vectors' dimensions differ
   */
  public static double of(ArrayData a, ArrayData b) {
    requireSame(a.numElements(), b.numElements());
    return of(a, b.toFloatArray());
  }

  /** The same with a vector that stays from row to row. */
  public static double of(ArrayData a, float[] b) {
    requireSame(a.numElements(), b.length);
    if (a instanceof UnsafeArrayData array) {
      long start = array.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(b.length);
      return sum(array.getBaseObject(), start, b);
    }
    return sum(a.toFloatArray(), START, b);
  }

  private static void requireSame(int a, int b) {
    if (a != b) {
      throw new IllegalArgumentException(
          "Cannot compare vectors of %d and %d dimensions".formatted(a, b));
    }
  }

  /** Reads one vector where it lies: copying it and checking its bounds cost as much again. */
  private static double sum(Object a, long start, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int whole = b.length / LANES * LANES;
    long at = start;
    for (int i = 0; i < whole; i += LANES, at += LANES * Float.BYTES) {
      s0 += Platform.getFloat(a, at) * b[i];
      s1 += Platform.getFloat(a, at + 4) * b[i + 1];
      s2 += Platform.getFloat(a, at + 8) * b[i + 2];
      s3 += Platform.getFloat(a, at + 12) * b[i + 3];
      s4 += Platform.getFloat(a, at + 16) * b[i + 4];
      s5 += Platform.getFloat(a, at + 20) * b[i + 5];
      s6 += Platform.getFloat(a, at + 24) * b[i + 6];
      s7 += Platform.getFloat(a, at + 28) * b[i + 7];
    }
    double sum = (double) s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    for (int i = whole; i < b.length; i++, at += Float.BYTES) {
      sum += (double) Platform.getFloat(a, at) * b[i];
    }
    return sum;
  }
}
