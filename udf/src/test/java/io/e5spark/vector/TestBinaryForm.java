package io.e5spark.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestBinaryForm {
  @Test
  void packedFloatsAreLittleEndianAndExact() {
    float[] vector = {1, -2, Float.MIN_VALUE, -0f, Float.NaN, Float.POSITIVE_INFINITY};
    byte[] bytes = BinaryForm.PACKED.bytes(vector);
    assertThat(bytes).hasSize(24).startsWith(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
    assertThat(BinaryForm.PACKED.floats(bytes)).containsExactly(vector);
  }

  @Test
  void halvesAreTheNearestOfSixteenBits() {
    byte[] bytes = BinaryForm.HALF.bytes(new float[] {1, -2, 0.1f, 65_504, 1e-9f});
    assertThat(bytes).hasSize(10).startsWith(0, 0x3c, 0, 0xc0, 0x66, 0x2e);
    assertThat(BinaryForm.HALF.floats(bytes)).containsExactly(1, -2, 0.099975586f, 65_504, 0);
  }

  @Test
  void halvesCannotHoldLargeNumbers() {
    assertThatThrownBy(() -> BinaryForm.HALF.bytes(new float[] {1, 70_000}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot pack a vector in half precision: its component 70000.0 is out of range (must be from -65504 to 65504)");
  }

  @Test
  void signsComeBackWithNormOne() {
    float[] vector = new float[16];
    Arrays.fill(vector, -1f);
    vector[0] = 0.1f;
    vector[9] = -0f;
    byte[] bits = BinaryForm.BINARY.bytes(vector);
    assertThat(bits).containsExactly(0x01, 0x02);
    float[] signs = new float[16];
    Arrays.fill(signs, -0.25f);
    signs[0] = 0.25f;
    signs[9] = 0.25f;
    assertThat(BinaryForm.BINARY.floats(bits)).containsExactly(signs);
    assertThat(BinaryForm.BINARY.norm(bits)).isEqualTo(1);
    assertThatThrownBy(() -> BinaryForm.BINARY.bytes(new float[] {1, 1, 1, 1, Float.NaN, 1, 1, 1}))
        .hasMessage("Cannot pack the signs of a vector: a component is NaN (must be a number)");
    assertThatThrownBy(() -> BinaryForm.BINARY.bytes(new float[12]))
        .hasMessage("Cannot pack the signs of a vector: its dimension 12 is not a multiple of 8");
  }

  @Test
  void partsOfComponentsAreRefusedAndHaveNoNorm() {
    assertThatThrownBy(() -> BinaryForm.PACKED.floats(new byte[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot unpack a vector: its number of bytes, 6, is not a multiple of 4");
    assertThatThrownBy(() -> BinaryForm.HALF.floats(new byte[3]))
        .hasMessage("Cannot unpack a vector: its number of bytes, 3, is not a multiple of 2");
    assertThat(BinaryForm.PACKED.norm(new byte[6])).isNaN();
    assertThat(BinaryForm.PACKED.norm(BinaryForm.PACKED.bytes(new float[] {3, 4})))
        .isCloseTo(5, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void lengthTellsTheFormWhereTheDimensionIsKnown(BinaryForm form) {
    for (int dimension : new int[] {8, 384, 1_024}) {
      int bytes = form.bytes(new float[dimension]).length;
      assertThat(form.dimension(bytes)).isEqualTo(dimension);
      assertThat(BinaryForm.of(bytes, dimension)).isEqualTo(form);
      assertThat(BinaryForm.of(bytes + 1, dimension)).isNull();
    }
    assertThat(BinaryForm.of(1, 12)).isNull();
    assertThat(BinaryForm.named(form.label())).isEqualTo(form);
    assertThat(BinaryForm.named("float")).isNull();
  }
}
