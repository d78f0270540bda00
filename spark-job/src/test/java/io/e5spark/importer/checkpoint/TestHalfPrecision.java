package io.e5spark.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests the conversion between half precision (IEEE 754) and single precision. */
class TestHalfPrecision {
  @Test
  void everyFiniteHalfComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfPrecision.toFloat((short) bits);
      if (Float.isFinite(value)) {
        assertThat(HalfPrecision.of(value)).as("%04x", bits).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void othersGoToTheNearest() {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(-30, 14)));
      int bits = HalfPrecision.of(value) & 0xffff;
      float error = Math.abs(HalfPrecision.toFloat((short) bits) - value);
      for (int neighbour : new int[] {bits - 1, bits + 1}) {
        float other = HalfPrecision.toFloat((short) neighbour);
        if (Float.isFinite(other)) {
          assertThat(error).as("%s", value).isLessThanOrEqualTo(Math.abs(other - value));
        }
      }
    }
  }

  @Test
  void halfwayGoesToTheEvenOne() {
    assertThat(HalfPrecision.toFloat(HalfPrecision.of(2049))).isEqualTo(2048);
    assertThat(HalfPrecision.toFloat(HalfPrecision.of(2051))).isEqualTo(2052);
    assertThat(HalfPrecision.of(0x1p-25f)).isZero();
    assertThat(HalfPrecision.of(-0x1.8p-24f)).isEqualTo((short) 0x8002);
  }

  @Test
  void whatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> HalfPrecision.of(-65_505))
        .hasMessage("fp16 cannot hold -65505.0 (must be from -65504 to 65504)");
    assertThatThrownBy(() -> HalfPrecision.of(Float.NaN)).hasMessageContaining("hold NaN");
  }
}
