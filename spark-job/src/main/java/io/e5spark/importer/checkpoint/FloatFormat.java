package io.e5spark.importer.checkpoint;

import java.nio.ByteBuffer;

/** How files of weights store numbers, little-endian. */
public enum FloatFormat {
  F32(4) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  F16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return HalfPrecision.toFloat(bytes.getShort());
    }
  },
  BF16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  };

  private final int bytes;

  FloatFormat(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes of a number. */
  int bytes() {
    return bytes;
  }

  abstract float read(ByteBuffer bytes);

  /**
   * Reads a tensor.
   *
   * @param bytes at least {@code count} numbers in little-endian order
   * @throws IllegalArgumentException if a number is not finite
   */
  float[] read(String tensor, ByteBuffer bytes, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = read(bytes);
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("tensor %s holds %s".formatted(tensor, values[i]));
      }
    }
    return values;
  }
}
