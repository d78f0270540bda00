package io.e5spark.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestVectorEncoding {
  @Test
  void largestWholeNumberIsSixRootMeanSquares() {
    assertThat(127 * VectorEncoding.int8Scale(1_024)).isCloseTo(6 / 32.0, within(1e-12));
  }

  @Test
  void wholeNumbersAreRoundedAndCut() {
    assertThat(VectorEncoding.int8(0.26f, 0.1)).isEqualTo((byte) 3);
    assertThat(VectorEncoding.int8(-0.26f, 0.1)).isEqualTo((byte) -3);
    assertThat(VectorEncoding.int8(1e30f, 0.1)).isEqualTo((byte) 127);
    assertThat(VectorEncoding.int8(-1e30f, 0.1)).isEqualTo((byte) -127);
  }

  @Test
  void lowestBitIsTheFirstComponent() {
    byte[] bits = new byte[2];
    VectorEncoding.set(bits, 0);
    VectorEncoding.set(bits, 15);
    assertThat(bits).containsExactly(0x01, 0x80);
    assertThat(VectorEncoding.isSet(bits, 0)).isTrue();
    assertThat(VectorEncoding.isSet(bits, 1)).isFalse();
    assertThat(VectorEncoding.isSet(bits, 15)).isTrue();
    assertThat(VectorEncoding.dimensionOfSigns(bits)).isEqualTo(16);
  }

  @Test
  void signsHaveNormOne() {
    float component = VectorEncoding.signComponent(384);
    assertThat(384 * component * component).isCloseTo(1, within(1e-6f));
  }

  @Test
  void bytesPerComponentAreThoseOfTheArrays() {
    assertThat(8 * VectorEncoding.FLOAT_BYTES).isEqualTo(32);
    assertThat(8 * VectorEncoding.INT8_BYTES).isEqualTo(8);
    assertThat(8 * VectorEncoding.SIGN_BYTES).isEqualTo(1);
  }
}
