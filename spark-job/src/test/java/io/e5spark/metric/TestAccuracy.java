package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestAccuracy {
  @Test
  void oneRelevantDocumentIsEnough() {
    assertThat(new Accuracy(1).of(SampleRanking.mixed())).isZero();
    assertThat(new Accuracy(2).of(SampleRanking.mixed())).isOne();
    assertThat(new Accuracy(1).of(SampleRanking.ideal())).isOne();
    assertThat(new Accuracy(10).of(SampleRanking.empty())).isZero();
    assertThat(new Accuracy(10).of(SampleRanking.hopeless())).isZero();
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new Accuracy(5).label()).isEqualTo("Accuracy@5");
    assertThat(new Accuracy(5).convention()).isEqualTo(Convention.BEIR);
  }
}
