package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestPrecision {
  @Test
  void foundAreDividedByTheCutoffEvenBeyondTheEnd() {
    assertThat(new Precision(1).of(SampleRanking.mixed())).isZero();
    assertThat(new Precision(2).of(SampleRanking.mixed())).isCloseTo(0.5, within(1e-9));
    assertThat(new Precision(10).of(SampleRanking.mixed())).isCloseTo(0.2, within(1e-9));
    assertThat(new Precision(3).of(SampleRanking.ideal())).isOne();
    assertThat(new Precision(10).of(SampleRanking.empty())).isZero();
    assertThat(new Precision(10).of(SampleRanking.hopeless())).isZero();
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new Precision(5).label()).isEqualTo("P@5");
    assertThat(new Precision(5).convention()).isEqualTo(Convention.TREC_EVAL);
  }
}
