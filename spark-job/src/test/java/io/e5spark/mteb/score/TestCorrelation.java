package io.e5spark.mteb.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestCorrelation {
  private static final double[] RISING = {1, 2, 3, 4};

  @Test
  void ranksAreAllThatSpearmanSees() {
    assertThat(Correlation.SPEARMAN.of(RISING, new double[] {1, 10, 100, 1_000}))
        .isEqualTo(1, within(1e-12));
    assertThat(Correlation.PEARSON.of(RISING, new double[] {1, 10, 100, 1_000})).isLessThan(0.9);
  }

  @Test
  void equalValuesShareTheirRanks() {
    // The ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4 have the correlation 4.5 / sqrt(4.5 * 5).
    assertThat(Correlation.SPEARMAN.of(new double[] {0, 5, 5, 9}, RISING))
        .isEqualTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
  }

  @Test
  void constantSideHasNone() {
    assertThat(Correlation.PEARSON.of(RISING, new double[] {2, 2, 2, 2})).isNaN();
  }

  @Test
  void pValueIsTwoSided() {
    // With two degrees of freedom, t = 0.5 has the tail 1/2 - t / (2 sqrt(2 + t²)).
    double correlation = 0.5 / Math.sqrt(2.25);
    assertThat(Correlation.pValue(correlation, 4))
        .isEqualTo(1 - 0.5 / Math.sqrt(2.25), within(1e-12));
    assertThat(Correlation.pValue(-correlation, 4))
        .isEqualTo(Correlation.pValue(correlation, 4), within(1e-12));
    assertThat(Correlation.pValue(0.3, 2)).isEqualTo(1);
    assertThat(Correlation.pValue(1, 9)).isZero();
  }
}
