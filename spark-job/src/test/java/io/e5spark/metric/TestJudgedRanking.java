package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestJudgedRanking {
  private final JudgedRanking ranking = SampleRanking.mixed();

  @Test
  void gainsAreNeverNegativeAndZeroBeyondTheEnd() {
    assertThat(List.of(ranking.gain(1), ranking.gain(2), ranking.gain(3), ranking.gain(4)))
        .containsExactly(0, 1, 0, 3);
    assertThat(ranking.gain(5)).isZero();
    assertThat(ranking.length()).isEqualTo(4);
    assertThat(ranking.isRelevant(2)).isTrue();
    assertThat(ranking.isRelevant(3)).isFalse();
  }

  @Test
  void idealOrderHasWhatWasNotFoundToo() {
    assertThat(List.of(ranking.idealGain(1), ranking.idealGain(2), ranking.idealGain(3)))
        .containsExactly(3, 2, 1);
    assertThat(ranking.idealGain(4)).isZero();
    assertThat(ranking.relevant()).isEqualTo(3);
  }

  @Test
  void firstDocumentsAreCounted() {
    assertThat(ranking.relevantAmong(1)).isZero();
    assertThat(ranking.relevantAmong(100)).isEqualTo(2);
    assertThat(ranking.unjudgedAmong(100)).isEqualTo(1);
    assertThat(ranking.firstRelevantAmong(1)).isZero();
    assertThat(ranking.firstRelevantAmong(4)).isEqualTo(2);
  }
}
