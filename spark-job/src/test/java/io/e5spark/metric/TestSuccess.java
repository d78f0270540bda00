package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestSuccess {
  @Test
  void oneRelevantDocumentIsEnough() {
    assertThat(new Success(1).of(SampleRanking.mixed())).isZero();
    assertThat(new Success(2).of(SampleRanking.mixed())).isOne();
    assertThat(new Success(1).of(SampleRanking.ideal())).isOne();
    assertThat(new Success(10).of(SampleRanking.empty())).isZero();
    assertThat(new Success(10).of(SampleRanking.hopeless())).isZero();
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new Success(5).label()).isEqualTo("Success@5");
    assertThat(new Success(5).convention()).isEqualTo(Convention.TREC_EVAL);
  }
}
