package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestMeanReciprocalRank {
  @Test
  void firstRelevantRankCountsWithinTheCutoff() {
    assertThat(new MeanReciprocalRank(1).of(SampleRanking.mixed())).isZero();
    assertThat(new MeanReciprocalRank(2).of(SampleRanking.mixed())).isCloseTo(0.5, within(1e-9));
    assertThat(new MeanReciprocalRank(10).of(SampleRanking.mixed())).isCloseTo(0.5, within(1e-9));
    assertThat(new MeanReciprocalRank(1).of(SampleRanking.ideal())).isOne();
    assertThat(new MeanReciprocalRank(10).of(SampleRanking.empty())).isZero();
    assertThat(new MeanReciprocalRank(10).of(SampleRanking.hopeless())).isZero();
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new MeanReciprocalRank(5).label()).isEqualTo("MRR@5");
    assertThat(new MeanReciprocalRank(5).convention()).isEqualTo(Convention.BEIR);
  }
}
