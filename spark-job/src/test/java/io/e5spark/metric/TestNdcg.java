package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestNdcg {
  @Test
  void gradesAreDiscountedByRankAndComparedWithTheBestOrder() {
    assertThat(new Ndcg(1).of(SampleRanking.mixed())).isZero();
    assertThat(new Ndcg(3).of(SampleRanking.mixed())).isCloseTo(0.1324965074, within(1e-9));
    assertThat(new Ndcg(10).of(SampleRanking.mixed())).isCloseTo(0.4038253176, within(1e-9));
    assertThat(new Ndcg(1).of(SampleRanking.ideal())).isOne();
    assertThat(new Ndcg(10).of(SampleRanking.ideal())).isOne();
    assertThat(new Ndcg(10).of(SampleRanking.empty())).isZero();
    assertThat(new Ndcg(10).of(SampleRanking.hopeless())).isZero();
  }

  @Test
  void labelAndConventionAreThoseOfTheSource() {
    assertThat(new Ndcg(5).label()).isEqualTo("NDCG@5");
    assertThat(new Ndcg(5).convention()).isEqualTo(Convention.TREC_EVAL);
  }
}
