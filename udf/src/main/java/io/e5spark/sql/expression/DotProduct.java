package io.e5spark.sql.expression;

import java.util.Locale;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.bitset.BitSetMethods;

/**
 * The dot product of a vector in an array and one of the same dimension, called from generated
 * code. A vector with {@link #hasNull a null element} has no dot product. Callers check for one
 * first, because arrays of primitive values hold something else in its place.
 */
public final class DotProduct {
  private static final long START = Platform.FLOAT_ARRAY_OFFSET;
  private static final int LANES = 8;

  private DotProduct() {}

  /** Whether a vector has a null element. */
  public static boolean hasNull(ArrayData vector) {
    int dimension = vector.numElements();
    if (vector instanceof UnsafeArrayData array) {
      int bytes = UnsafeArrayData.calculateHeaderPortionInBytes(dimension) - Long.BYTES;
      return BitSetMethods.anySet(
          array.getBaseObject(), array.getBaseOffset() + Long.BYTES, bytes / Long.BYTES);
    }
    for (int i = 0; i < dimension; i++) {
      if (vector.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The sum of the products of the components, added up in eight lanes.
   *
   * @throws IllegalArgumentException if the dimensions of the vectors differ
   */
  public static double ofFloats(ArrayData a, float[] b) {
    requireSame(a.numElements(), b.length);
    if (a instanceof UnsafeArrayData array) {
      long start = array.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(b.length);
      return sum(array.getBaseObject(), start, b);
    }
    return sum(a.toFloatArray(), START, b);
  }

  /** The sum of the products of components that are whole numbers. */
  public static double ofBytes(ArrayData a, float[] b) {
    requireSame(a.numElements(), b.length);
    if (!(a instanceof UnsafeArrayData array)) {
      return sumOfBytes(a.toByteArray(), Platform.BYTE_ARRAY_OFFSET, b);
    }
    long start = array.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(b.length);
    return sumOfBytes(array.getBaseObject(), start, b);
  }

  /** A vector of floats. */
  public static float[] floats(ArrayData vector) {
    return vector.toFloatArray();
  }

  /** A vector of whole numbers, as floats. */
  public static float[] bytes(ArrayData vector) {
    byte[] bytes = vector.toByteArray();
    float[] floats = new float[bytes.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = bytes[i];
    }
    return floats;
  }

  static void requireSame(int a, int b) {
    if (a != b) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Cannot compare vectors of %d and %d dimensions", a, b));
    }
  }

  /**
   * Reads one vector in place, because copying it and checking its bounds would double the cost.
   */
  static double sum(Object a, long start, float[] b) {
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

  private static double sumOfBytes(Object a, long start, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int whole = b.length / 4 * 4;
    for (int i = 0; i < whole; i += 4) {
      s0 += Platform.getByte(a, start + i) * b[i];
      s1 += Platform.getByte(a, start + i + 1) * b[i + 1];
      s2 += Platform.getByte(a, start + i + 2) * b[i + 2];
      s3 += Platform.getByte(a, start + i + 3) * b[i + 3];
    }
    double sum = (double) s0 + s1 + s2 + s3;
    for (int i = whole; i < b.length; i++) {
      sum += (double) Platform.getByte(a, start + i) * b[i];
    }
    return sum;
  }
}
