package io.e5spark.mteb.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestWrongRankings {
  @Test
  void firstRelevantCandidateHasARank() {
    assertThat(WrongRankings.Places.of(new double[] {0.1, 0.9, 0.4}, new int[] {1, 0, 2}))
        .isEqualTo(new WrongRankings.Places(1, 2, 2, 3));
  }

  @Test
  void queryWithoutRelevantCandidatesHasNone() {
    assertThat(WrongRankings.Places.of(new double[] {0.1, 0.9}, new int[2]))
        .isEqualTo(new WrongRankings.Places(1, -1, 0, 2));
    assertThat(WrongRankings.Places.of(new double[0], new int[0]).best()).isEqualTo(-1);
  }
}
