package io.e5spark.vector;

/**
 * How stored vectors of norm 1 are encoded: the scale of whole numbers, the order of bits, and the
 * bytes that components take.
 */
public final class VectorEncoding {
  /** Bytes of a component as a float. */
  public static final double FLOAT_BYTES = Float.BYTES;

  /** Bytes of a component as a whole number. */
  public static final double INT8_BYTES = Byte.BYTES;

  /** Bytes of a component as a sign. */
  public static final double SIGN_BYTES = 1.0 / Byte.SIZE;

  /** The largest whole number; the smallest is its negative. */
  static final int LARGEST = Byte.MAX_VALUE;

  /** What the largest whole number stands for, in root mean squares of a vector's components. */
  private static final double REACH = 6;

  private VectorEncoding() {}

  /** What a whole number is multiplied by to be its component. */
  public static double int8Scale(int dimension) {
    return REACH / (LARGEST * Math.sqrt(dimension));
  }

  /** The nearest whole number; what is beyond the largest is cut. */
  static byte int8(float component, double scale) {
    return (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.round(component / scale)));
  }

  /** What a set bit stands for, and an unset one the negative of, so that the norm is 1. */
  public static float signComponent(int dimension) {
    return (float) (1 / Math.sqrt(dimension));
  }

  /** Whether a component's bit is set; a byte's lowest bit is its first component. */
  public static boolean isSet(byte[] bits, int component) {
    return isSet(bits[component / Byte.SIZE], component % Byte.SIZE);
  }

  /**
   * The same within a byte.
   *
   * @param component from 0 to 7
   */
  public static boolean isSet(byte bits, int component) {
    return (bits >> component & 1) == 1;
  }

  static void set(byte[] bits, int component) {
    bits[component / Byte.SIZE] |= (byte) (1 << component % Byte.SIZE);
  }

  /** The dimension of a vector of signs. */
  public static int dimensionOfSigns(byte[] bits) {
    return bits.length * Byte.SIZE;
  }
}
