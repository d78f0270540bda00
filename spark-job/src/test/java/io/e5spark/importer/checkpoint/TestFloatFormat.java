package io.e5spark.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TestFloatFormat {
  private static ByteBuffer shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.flip();
  }

  @Test
  void halvesAreRead() {
    assertThat(FloatFormat.F16.read("a", shorts(0x3c00, 0xc000, 0x0001), 3))
        .containsExactly(1, -2, 0x1p-24f);
  }

  @Test
  void brainFloatsAreTheUpperHalvesOfFloats() {
    assertThat(FloatFormat.BF16.read("a", shorts(0x3f80, 0xc000, 0x0080), 3))
        .containsExactly(1, -2, Float.MIN_NORMAL);
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    assertThatThrownBy(() -> FloatFormat.F16.read("a", shorts(0x7c00), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor a holds Infinity");
    assertThatThrownBy(() -> FloatFormat.BF16.read("a", shorts(0x3f80, 0x7fc0), 2))
        .hasMessage("tensor a holds NaN");
  }
}
