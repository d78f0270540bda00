package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestAveragePrecision {
  @Test
  void precisionAtEachRelevantDocumentIsDividedByAllRelevantOnes() {
    assertThat(new AveragePrecision(1).of(SampleRanking.mixed())).isZero();
    assertThat(new AveragePrecision(2).of(SampleRanking.mixed())).isCloseTo(0.5 / 3, within(1e-9));
    assertThat(new AveragePrecision(10).of(SampleRanking.mixed()))
        .isCloseTo((0.5 + 0.5) / 3, within(1e-9));
    assertThat(new AveragePrecision(2).of(SampleRanking.ideal())).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(new AveragePrecision(3).of(SampleRanking.ideal())).isOne();
    assertThat(new AveragePrecision(10).of(SampleRanking.empty())).isZero();
    assertThat(new AveragePrecision(10).of(SampleRanking.hopeless())).isZero();
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new AveragePrecision(5).label()).isEqualTo("MAP@5");
    assertThat(new AveragePrecision(5).convention()).isEqualTo(Convention.TREC_EVAL);
  }
}
