package io.e5spark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.lists.Centroids;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestNearestCentroids {
  private static List<float[]> vectors(int count, long seed) {
    Random random = new Random(seed);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vectors.add(new float[] {random.nextFloat() - 0.5f, random.nextFloat() - 0.5f, 0.25f});
    }
    return vectors;
  }

  @Test
  void blocksFindWhatOneVectorAfterTheOtherFinds() {
    List<float[]> points = vectors(5_000, 1);
    List<float[]> centroids = vectors(1_100, 2);
    NearestCentroids found = NearestCentroids.of(points, centroids);
    Centroids one = Centroids.of(centroids);
    assertThat(found.size()).isEqualTo(points.size());
    for (int point = 0; point < points.size(); point++) {
      float[] expected = centroids.get(one.nearest(points.get(point)));
      assertThat(found.score(point)).isCloseTo(dot(points.get(point), expected), within(1e-6f));
      assertThat(dot(points.get(point), centroids.get(found.nearest(point))))
          .isCloseTo(found.score(point), within(1e-6f));
    }
  }

  private static float dot(float[] a, float[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  @Test
  void changesAreCounted() {
    List<float[]> points = List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {1, 1});
    List<float[]> axes = List.of(new float[] {1, 0}, new float[] {0, 1});
    List<float[]> swapped = List.of(new float[] {1, 0}, new float[] {0, 2});
    assertThat(NearestCentroids.of(points, axes).changed(NearestCentroids.of(points, axes)))
        .isZero();
    assertThat(NearestCentroids.of(points, swapped).changed(NearestCentroids.of(points, axes)))
        .isEqualTo(1);
  }
}
