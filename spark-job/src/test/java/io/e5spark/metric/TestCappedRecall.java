package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestCappedRecall {
  @Test
  void foundAreDividedByAsManyAsCouldBe() {
    assertThat(new CappedRecall(1).of(SampleRanking.mixed())).isZero();
    assertThat(new CappedRecall(2).of(SampleRanking.mixed())).isCloseTo(0.5, within(1e-9));
    assertThat(new CappedRecall(10).of(SampleRanking.mixed())).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(new CappedRecall(1).of(SampleRanking.ideal())).isOne();
    assertThat(new CappedRecall(10).of(SampleRanking.empty())).isZero();
    assertThat(new CappedRecall(10).of(SampleRanking.hopeless())).isZero();
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new CappedRecall(5).label()).isEqualTo("R_cap@5");
    assertThat(new CappedRecall(5).convention()).isEqualTo(Convention.BEIR);
  }
}
