package io.e5spark.importer.checkpoint;

/** Numbers of 16 bits: a sign, five bits of exponent, ten of fraction. Source: IEEE 754. */
public final class HalfPrecision {
  private static final int SIGN = 0x8000;
  private static final int EXPONENT = 0x1f;
  private static final int FRACTION = 0x3ff;

  /** Between the biases of the two exponents, 127 and 15. */
  private static final int REBIAS = 112;

  private static final float SMALLEST = 0x1p-24f;
  private static final float SMALLEST_NORMAL = 0x1p-14f;

  /** The largest finite number. */
  private static final float LARGEST = 65_504;

  private HalfPrecision() {}

  /**
   * The nearest number of 16 bits; of two equally near the even one.
   *
   * @throws IllegalArgumentException if there is none near
   */
  public static short of(float value) {
    float magnitude = Math.abs(value);
    if (!(magnitude <= LARGEST)) {
      throw new IllegalArgumentException(
          "fp16 has no number near %s (must be from -65504 to 65504)".formatted(value));
    }
    int sign = (Float.floatToIntBits(value) >>> 16) & SIGN;
    return (short) (sign | (magnitude < SMALLEST_NORMAL ? tiny(magnitude) : normal(magnitude)));
  }

  /** Multiples of the smallest number; Math.rint goes to the even one. */
  private static int tiny(float magnitude) {
    return (int) Math.rint(magnitude / SMALLEST);
  }

  /** A carry out of the fraction goes on into the exponent, as it should. */
  private static int normal(float magnitude) {
    int bits = Float.floatToIntBits(magnitude) - (REBIAS << 23);
    int half = bits >>> 13;
    int rest = bits & 0x1fff;
    boolean up = rest > 0x1000 || (rest == 0x1000 && (half & 1) == 1);
    return up ? half + 1 : half;
  }

  /** The same number as a float; exact. */
  static float toFloat(short bits) {
    int exponent = (bits >>> 10) & EXPONENT;
    int fraction = bits & FRACTION;
    float magnitude =
        exponent == 0
            ? fraction * SMALLEST
            : exponent == EXPONENT
                ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : Float.intBitsToFloat(((exponent + REBIAS) << 23) | (fraction << 13));
    return (bits & SIGN) == 0 ? magnitude : -magnitude;
  }
}
