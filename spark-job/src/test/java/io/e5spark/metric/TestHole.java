package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestHole {
  @Test
  void documentsThatNobodyJudgedAreCounted() {
    assertThat(new Hole(1).of(SampleRanking.mixed())).isOne();
    assertThat(new Hole(2).of(SampleRanking.mixed())).isCloseTo(0.5, within(1e-9));
    assertThat(new Hole(10).of(SampleRanking.mixed())).isCloseTo(0.1, within(1e-9));
    assertThat(new Hole(3).of(SampleRanking.ideal())).isZero();
    assertThat(new Hole(10).of(SampleRanking.empty())).isZero();
    assertThat(new Hole(2).of(SampleRanking.hopeless())).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new Hole(5).label()).isEqualTo("Hole@5");
    assertThat(new Hole(5).convention()).isEqualTo(Convention.BEIR);
  }
}
