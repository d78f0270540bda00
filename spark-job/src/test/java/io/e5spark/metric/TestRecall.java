package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestRecall {
  @Test
  void foundAreDividedByAllRelevantOnes() {
    assertThat(new Recall(1).of(SampleRanking.mixed())).isZero();
    assertThat(new Recall(3).of(SampleRanking.mixed())).isCloseTo(1.0 / 3, within(1e-9));
    assertThat(new Recall(10).of(SampleRanking.mixed())).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(new Recall(3).of(SampleRanking.ideal())).isOne();
    assertThat(new Recall(10).of(SampleRanking.empty())).isZero();
    assertThat(new Recall(10).of(SampleRanking.hopeless())).isZero();
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new Recall(5).label()).isEqualTo("Recall@5");
    assertThat(new Recall(5).convention()).isEqualTo(Convention.TREC_EVAL);
  }
}
