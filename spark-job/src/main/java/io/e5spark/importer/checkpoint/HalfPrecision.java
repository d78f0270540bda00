package io.e5spark.importer.checkpoint;

import ai.onnxruntime.platform.Fp16Conversions;

/** Numbers of 16 bits: a sign, five bits of exponent, ten of fraction. Source: IEEE 754. */
public final class HalfPrecision {
  /** The largest finite number. */
  private static final float LARGEST = 65_504;

  private HalfPrecision() {}

  /**
   * The nearest number of 16 bits; the even one if two are equally near.
   *
   * @throws IllegalArgumentException if the number is out of range
   */
  public static short of(float value) {
    if (!(Math.abs(value) <= LARGEST)) {
      throw new IllegalArgumentException(
          "fp16 cannot hold %s (must be from -65504 to 65504)".formatted(value));
    }
    return Fp16Conversions.mlasFloatToFp16(value);
  }

  /** The same number as a float, without loss. */
  static float toFloat(short bits) {
    return Fp16Conversions.mlasFp16ToFloat(bits);
  }
}
