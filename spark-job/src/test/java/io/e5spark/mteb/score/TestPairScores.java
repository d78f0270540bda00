package io.e5spark.mteb.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestPairScores {
  @Test
  void thresholdLiesBetweenNeighbours() {
    PairScores found =
        PairScores.of(
            new double[] {0.9, 0.8, 0.3, 0.1},
            new boolean[] {true, true, false, false},
            Similarity.COSINE);
    assertThat(found.accuracy()).isEqualTo(1);
    assertThat(found.accuracyThreshold()).isEqualTo(0.55, within(1e-12));
    assertThat(found.f1()).isEqualTo(1);
    assertThat(found.averagePrecision()).isEqualTo(1);
  }

  @Test
  void distancesCountTheOtherWay() {
    PairScores found =
        PairScores.of(
            new double[] {1, 2, 8}, new boolean[] {true, true, false}, Similarity.EUCLIDEAN);
    assertThat(found.accuracy()).isEqualTo(1);
    assertThat(found.accuracyThreshold()).isEqualTo(5);
  }

  @Test
  void equalScoresAreOneStepOfThePrecision() {
    PairScores found =
        PairScores.of(
            new double[] {0.5, 0.5, 0.5}, new boolean[] {true, false, false}, Similarity.COSINE);
    assertThat(found.averagePrecision()).isEqualTo(1.0 / 3, within(1e-15));
  }

  @Test
  void onePairHasNoThreshold() {
    PairScores found = PairScores.of(new double[] {0.5}, new boolean[] {true}, Similarity.COSINE);
    assertThat(found.accuracy()).isZero();
    assertThat(found.accuracyThreshold()).isEqualTo(-1);
  }
}
