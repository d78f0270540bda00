package io.e5spark.vector;

import ai.onnxruntime.platform.Fp16Conversions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

/** Floats of 16 bits: a sign, five bits of exponent, ten of fraction. Source: IEEE 754. */
public final class HalfFloat {
  private static final float LARGEST = 65_504;
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** All values, because a lookup in the table is faster than the conversion. */
  private static final float[] ALL = all();

  private HalfFloat() {}

  private static float[] all() {
    float[] all = new float[1 << Short.SIZE];
    for (int bits = 0; bits < all.length; bits++) {
      all[bits] = Fp16Conversions.mlasFp16ToFloat((short) bits);
    }
    return all;
  }

  /** The component of a vector whose components are stored one after the other, little-endian. */
  public static float at(byte[] vector, int component) {
    return ALL[(short) SHORTS.get(vector, component * Short.BYTES) & 0xffff];
  }

  /**
   * The nearest half; the even one if two are equally near.
   *
   * @throws IllegalArgumentException if the number is out of range
   */
  static short of(float value) {
    if (Math.abs(value) > LARGEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot pack a vector in half precision: its component %s is out of range (must be from -65504 to 65504)",
              value));
    }
    return Fp16Conversions.mlasFloatToFp16(value);
  }
}
