package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.vector.BinaryForm;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestBinaryProduct {
  private static final Random RANDOM = new Random(11);

  private static float[] vector(int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (RANDOM.nextGaussian() / Math.sqrt(dimension));
    }
    return vector;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 9, 64, 71, 384})
  void packedFloatsGiveTheProductOfTheirVectors(int dimension) {
    float[] a = vector(dimension);
    float[] b = vector(dimension);
    double expected = product(a, b);
    byte[] packed = BinaryForm.PACKED.bytes(a);
    byte[] halves = BinaryForm.HALF.bytes(a);
    assertThat(BinaryProduct.ofPacked(packed, b)).isCloseTo(expected, within(1e-6));
    assertThat(BinaryProduct.ofHalves(halves, b)).isCloseTo(expected, within(1e-3));
    assertThat(BinaryProduct.ofHalves(halves, b))
        .isCloseTo(product(BinaryForm.HALF.floats(halves), b), within(1e-6));
  }

  @Test
  void signsAreOfAVectorOfNormOne() {
    byte[] signs = {0b0000_0101, (byte) 0b1000_0000};
    float[] unpacked = BinaryProduct.signs(signs);
    float component = 0.25f;
    assertThat(unpacked).hasSize(16).startsWith(component, -component, component, -component);
    assertThat(unpacked[15]).isEqualTo(component);
    assertThat(BinaryProduct.ofSigns(signs, unpacked)).isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void untoldValueIsWhatHasTheOthersDimension(BinaryForm form) {
    float[] a = vector(64);
    float[] b = vector(64);
    byte[] value = form.bytes(a);
    double expected = product(form.floats(value), b);
    assertThat(BinaryProduct.ofUntold(value, b)).isCloseTo(expected, within(1e-6));
    for (BinaryForm other : BinaryForm.values()) {
      if (other != form) {
        byte[] second = other.bytes(b);
        assertThat(BinaryProduct.ofUntold(value, second))
            .isCloseTo(product(form.floats(value), other.floats(second)), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 48, 1_536})
  void twoUntoldValuesOfOneLengthAreRefused(int bytes) {
    assertThatThrownBy(() -> BinaryProduct.ofUntold(new byte[bytes], new byte[bytes]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("they may be packed, half or binary vectors")
        .hasMessageContaining("e5_unpack(vector, 'packed')");
  }

  @Test
  void twoValuesOfOddLengthAreSigns() {
    assertThat(BinaryProduct.ofUntold(new byte[] {5, 0, 7}, new byte[] {5, 0, 7}))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void otherDimensionsAreRefused() {
    float[] two = {1, 2};
    String message = "Cannot compare vectors of %s and 2 dimensions";
    assertThatThrownBy(() -> BinaryProduct.ofPacked(new byte[12], two)).hasMessage(message, "3");
    assertThatThrownBy(() -> BinaryProduct.ofHalves(new byte[6], two)).hasMessage(message, "3");
    assertThatThrownBy(() -> BinaryProduct.ofSigns(new byte[1], two)).hasMessage(message, "8");
    assertThatThrownBy(() -> BinaryProduct.ofUntold(new byte[12], two))
        .hasMessage(message, "3 or 6 or 96");
    assertThatThrownBy(() -> BinaryProduct.ofUntold(new byte[7], two)).hasMessage(message, "56");
    assertThatThrownBy(() -> BinaryProduct.ofUntold(new byte[12], new byte[16]))
        .hasMessage(
            "Cannot compare binary values of 12 and 16 bytes: no form of vectors gives both the same dimension");
    assertThatThrownBy(() -> BinaryProduct.ofPacked(new byte[7], two))
        .hasMessage("Cannot unpack a vector: its number of bytes, 7, is not a multiple of 4");
  }
}
