package io.e5spark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestSampledVectors {
  private static final double ALL = 1L << 30;

  @Test
  void allRowsOfASmallTableAreLookedAt() {
    assertThat(SampledVectors.below(200, 200)).isEqualTo(1L << 30);
    assertThat(SampledVectors.below(200, 0)).isEqualTo(1L << 30);
  }

  @Test
  void littleMoreThanIsWantedIsSentOfALargeOne() {
    assertThat(SampledVectors.below(64_000, 1_000_000) / ALL).isCloseTo(0.077, within(0.001));
    assertThat(SampledVectors.below(1, 1_000_000_000) / ALL).isCloseTo(1.2e-7, within(1e-8));
  }
}
