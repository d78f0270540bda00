package io.e5spark.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Spherical k-means by Lloyd's steps: centroids of norm 1, each the direction of the sum of the
 * points that are nearest to it by dot product. Source: Dhillon and Modha 2001, "Concept
 * decompositions for large sparse text data using clustering". It starts from random points. A
 * centroid that loses all points gets the point that is farthest from its own centroid.
 *
 * @param lists the number of centroids
 * @param seed the seed of the random numbers
 */
record SphericalKMeans(int lists, long seed) {
  private static final int MOST_STEPS = 20;
  private static final double FEW_CHANGES = 0.002;

  /**
   * The centroids of some points.
   *
   * @param points at least as many as centroids, all of one dimension
   */
  List<float[]> fit(List<float[]> points) {
    List<float[]> centroids = start(points);
    NearestCentroids nearest = NearestCentroids.of(points, centroids);
    for (int step = 1; step < MOST_STEPS; step++) {
      centroids = moved(points, nearest);
      NearestCentroids next = NearestCentroids.of(points, centroids);
      boolean done = next.changed(nearest) <= FEW_CHANGES * points.size();
      nearest = next;
      if (done) {
        break;
      }
    }
    return centroids;
  }

  private List<float[]> start(List<float[]> points) {
    return new Random(seed)
        .ints(0, points.size())
        .distinct()
        .limit(lists)
        .mapToObj(point -> unit(doubles(points.get(point))))
        .toList();
  }

  private static double[] doubles(float[] vector) {
    return IntStream.range(0, vector.length).mapToDouble(i -> vector[i]).toArray();
  }

  private List<float[]> moved(List<float[]> points, NearestCentroids nearest) {
    double[][] sums = new double[lists][points.get(0).length];
    boolean[] used = new boolean[lists];
    for (int point = 0; point < points.size(); point++) {
      add(points.get(point), sums[nearest.nearest(point)]);
      used[nearest.nearest(point)] = true;
    }
    Iterator<float[]> farthest = farthest(points, nearest);
    List<float[]> centroids = new ArrayList<>();
    for (int list = 0; list < lists; list++) {
      centroids.add(unit(used[list] ? sums[list] : doubles(farthest.next())));
    }
    return centroids;
  }

  private static void add(float[] point, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += point[i];
    }
  }

  /** The points, lowest scores first; sorted only if they are needed. */
  private static Iterator<float[]> farthest(List<float[]> points, NearestCentroids nearest) {
    return IntStream.range(0, points.size())
        .boxed()
        .sorted(Comparator.comparing(nearest::score))
        .map(points::get)
        .iterator();
  }

  private static float[] unit(double[] vector) {
    double square = 0;
    for (double component : vector) {
      square += component * component;
    }
    double norm = square == 0 ? 1 : Math.sqrt(square);
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / norm);
    }
    return unit;
  }
}
