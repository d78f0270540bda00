package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestScoredDocument {
  @Test
  void zerosAreOneNumber() {
    assertThat(new ScoredDocument("a", -0.0)).isEqualTo(new ScoredDocument("a", 0.0));
  }

  @Test
  void scoreIsSeenInSinglePrecisionToo() {
    assertThat(new ScoredDocument("a", 0.1).singleScore()).isEqualTo(0.1f);
  }

  @Test
  void notANumberIsRefused() {
    assertThatThrownBy(() -> new ScoredDocument("a", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The score of document a is NaN");
  }
}
