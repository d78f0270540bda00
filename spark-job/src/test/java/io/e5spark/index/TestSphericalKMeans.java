package io.e5spark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestSphericalKMeans {
  private static final int DIMENSION = 8;

  /** Returns points around the axes, with the same number of points per axis. */
  private static List<float[]> points(int axes, int each) {
    Random random = new Random(3);
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < axes * each; i++) {
      float[] point = new float[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        point[j] = 0.05f * (float) random.nextGaussian();
      }
      point[i % axes] += 1;
      points.add(point);
    }
    return points;
  }

  private static int largest(float[] vector) {
    int largest = 0;
    for (int i = 1; i < vector.length; i++) {
      largest = vector[i] > vector[largest] ? i : largest;
    }
    return largest;
  }

  @Test
  void centroidsHaveNorm1AndLieWhereThePointsAre() {
    List<float[]> centroids = new SphericalKMeans(5, 1).fit(points(5, 40));
    Set<Integer> axes = new HashSet<>();
    for (float[] centroid : centroids) {
      double square = 0;
      for (float component : centroid) {
        square += component * component;
      }
      assertThat(square).isCloseTo(1, within(1e-5));
      axes.add(largest(centroid));
      assertThat(centroid[largest(centroid)]).isGreaterThan(0.7f);
    }
    assertThat(centroids).hasSize(5);
    assertThat(axes).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void pointsAreNearerToTheirCentroidsThanToPointsByChance() {
    List<float[]> points = points(8, 50);
    double chance = 0;
    for (int start = 0; start < 10; start++) {
      List<float[]> shuffled = new ArrayList<>(points);
      Collections.shuffle(shuffled, new Random(start));
      chance += scores(points, shuffled.subList(0, 8)) / 10;
    }
    assertThat(scores(points, new SphericalKMeans(8, 1).fit(points))).isGreaterThan(1.1 * chance);
  }

  private static double scores(List<float[]> points, List<float[]> centroids) {
    NearestCentroids nearest = NearestCentroids.of(points, centroids);
    double sum = 0;
    for (int point = 0; point < points.size(); point++) {
      sum += nearest.score(point);
    }
    return sum;
  }

  @Test
  void sameSeedGivesTheSameCentroids() {
    List<float[]> points = points(6, 30);
    List<float[]> first = new SphericalKMeans(6, 9).fit(points);
    List<float[]> second = new SphericalKMeans(6, 9).fit(points);
    for (int list = 0; list < 6; list++) {
      assertThat(second.get(list)).containsExactly(first.get(list));
    }
  }

  @Test
  void equalPointsLeaveNoCentroidWithoutANumber() {
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      points.add(new float[] {1, 0});
    }
    points.add(new float[] {0, 1});
    List<float[]> centroids = new SphericalKMeans(4, 2).fit(points);
    assertThat(centroids)
        .allSatisfy(one -> assertThat(Math.hypot(one[0], one[1])).isCloseTo(1, within(1e-6)));
    assertThat(centroids).anySatisfy(one -> assertThat(one[1]).isGreaterThan(0.9f));
  }
}
