package io.e5spark.vector;

/**
 * How stored vectors of norm 1 are encoded: the scale of whole numbers, the order of bits, and the
 * bytes per component.
 */
public final class VectorEncoding {
  /** The bytes of a component as a float. */
  public static final double FLOAT_BYTES = Float.BYTES;

  /** The bytes of a component as a whole number. */
  public static final double INT8_BYTES = Byte.BYTES;

  /** The bytes of a component as a sign. */
  public static final double SIGN_BYTES = 1.0 / Byte.SIZE;

  /** The largest whole number; the smallest is its negative. */
  static final int LARGEST = Byte.MAX_VALUE;

  /**
   * What the largest whole number represents, in root mean squares of the components of a vector.
   */
  private static final double REACH = 6;

  private VectorEncoding() {}

  /** The factor that turns a whole number into its component. */
  public static double int8Scale(int dimension) {
    return REACH / (LARGEST * Math.sqrt(dimension));
  }

  /** The nearest whole number; a component beyond the largest number is clipped. */
  static byte int8(float component, double scale) {
    return (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.round(component / scale)));
  }

  /** What a set bit represents, so that the norm is 1; a cleared bit represents its negative. */
  public static float signComponent(int dimension) {
    return (float) (1 / Math.sqrt(dimension));
  }

  /** Whether the bit of a component is set; the lowest bit of a byte is its first component. */
  public static boolean isSet(byte[] bits, int component) {
    return isSet(bits[component / Byte.SIZE], component % Byte.SIZE);
  }

  /**
   * Whether the bit of a component is set within a byte.
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
