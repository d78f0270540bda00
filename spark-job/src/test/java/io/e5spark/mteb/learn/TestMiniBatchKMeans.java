package io.e5spark.mteb.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestMiniBatchKMeans {
  private static final int GROUPS = 4;

  private static float[][] groups(int rows) {
    Random random = new Random(3);
    float[][] all = new float[rows][2];
    for (int row = 0; row < rows; row++) {
      all[row][0] = 100 * (row % GROUPS) + (float) random.nextGaussian();
      all[row][1] = (float) random.nextGaussian();
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void groupsThatAreFarApartAreFound(Draws draws) {
    MiniBatchKMeans kMeans = new MiniBatchKMeans(GROUPS, 50, 3, 42, draws);
    int[] labels = kMeans.fit(groups(400)).labels();
    assertThat(IntStream.range(0, 400).allMatch(i -> labels[i] == labels[i % GROUPS])).isTrue();
    assertThat(IntStream.of(labels).distinct().count()).isEqualTo(GROUPS);
  }

  @Test
  void sameSeedGivesTheSameClusters() {
    MiniBatchKMeans kMeans = new MiniBatchKMeans(7, 20, 1, 42, Draws.UP_TO_1_2);
    assertThat(kMeans.fit(groups(90)).labels()).isEqualTo(kMeans.fit(groups(90)).labels());
  }

  @Test
  void moreClustersThanRowsAreRefused() {
    MiniBatchKMeans kMeans = new MiniBatchKMeans(3, 20, 1, 42, Draws.UP_TO_1_2);
    assertThatThrownBy(() -> kMeans.fit(groups(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot make 3 clusters: there are only 2 rows");
  }
}
