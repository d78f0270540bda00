package io.e5spark.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestCentroids {
  private final Centroids centroids =
      Centroids.of(List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {-1, 0}));

  @Test
  void vectorIsInTheListOfTheHighestDotProduct() {
    assertThat(centroids.nearest(new float[] {0.9f, 0.1f})).isZero();
    assertThat(centroids.nearest(new float[] {0.2f, 0.9f})).isEqualTo(1);
    assertThat(centroids.nearest(new float[] {-5, -1})).isEqualTo(2);
  }

  @Test
  void firstOfEquallyNearCentroidsCounts() {
    assertThat(centroids.nearest(new float[] {0.5f, 0.5f})).isZero();
    assertThat(centroids.nearest(new float[] {0.5f, 0.5f}, 2)).containsExactly(0, 1);
    assertThat(centroids.nearest(new float[] {0, 0}, 3)).containsExactly(0, 1, 2);
  }

  @Test
  void nearestListsComeNearestFirstAndNoMoreThanThereAre() {
    assertThat(centroids.nearest(new float[] {-1, 0.1f}, 2)).containsExactly(2, 1);
    assertThat(centroids.nearest(new float[] {-1, 0.1f}, 9)).containsExactly(2, 1, 0);
  }

  @Test
  void vectorOfAnotherDimensionIsRefused() {
    assertThatThrownBy(() -> centroids.nearest(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot find the list of a vector: it has 3 dimensions, the index 2");
  }
}
