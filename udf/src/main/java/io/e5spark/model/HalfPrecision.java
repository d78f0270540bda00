package io.e5spark.model;

/** Numbers of 16 bits: a sign, five bits of exponent, ten of fraction. Source: IEEE 754. */
final class HalfPrecision {
  private static final int SIGN = 0x8000;
  private static final int EXPONENT = 0x1f;
  private static final int FRACTION = 0x3ff;

  /** Between the biases of the two exponents, 127 and 15. */
  private static final int REBIAS = 112;

  private static final float SMALLEST = 0x1p-24f;

  private HalfPrecision() {}

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
