package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestConvention {
  private static List<String> ranked(Convention convention, ScoredDocument... documents) {
    return convention.ranked(List.of(documents));
  }

  private static ScoredDocument one(String document, double score) {
    return new ScoredDocument(document, score);
  }

  @Test
  void trecEvalOrdersTiesByBytesDownwards() {
    assertThat(
            ranked(
                Convention.TREC_EVAL,
                one("a", 1),
                one("\ue000", 1),
                one("\ud835\udcb3", 1),
                one("b", 2)))
        .containsExactly("b", "\ud835\udcb3", "\ue000", "a");
  }

  @Test
  void trecEvalComparesSinglePrecision() {
    assertThat(ranked(Convention.TREC_EVAL, one("a", 0.90000000001), one("z", 0.9)))
        .containsExactly("z", "a");
    assertThat(ranked(Convention.BEIR, one("z", 0.9), one("a", 0.90000000001)))
        .containsExactly("a", "z");
  }

  @Test
  void beirKeepsTiesAsTheyCame() {
    assertThat(ranked(Convention.BEIR, one("a", 1), one("z", 1), one("m", 1), one("b", 2)))
        .containsExactly("b", "a", "z", "m");
  }

  @Test
  void zerosOfBothSignsAreEqual() {
    assertThat(ranked(Convention.TREC_EVAL, one("a", 0.0), one("b", -0.0)))
        .containsExactly("b", "a");
    assertThat(ranked(Convention.BEIR, one("a", -0.0), one("b", 0.0))).containsExactly("a", "b");
  }
}
