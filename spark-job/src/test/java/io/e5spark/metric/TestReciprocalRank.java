package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestReciprocalRank {
  @Test
  void firstRelevantRankCountsHoweverDeep() {
    assertThat(new ReciprocalRank().of(SampleRanking.mixed())).isCloseTo(0.5, within(1e-9));
    assertThat(new ReciprocalRank().of(SampleRanking.ideal())).isOne();
    assertThat(new ReciprocalRank().of(SampleRanking.empty())).isZero();
    assertThat(new ReciprocalRank().of(SampleRanking.hopeless())).isZero();
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new ReciprocalRank().label()).isEqualTo("RR");
    assertThat(new ReciprocalRank().convention()).isEqualTo(Convention.TREC_EVAL);
  }
}
