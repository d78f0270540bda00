package io.e5spark.index;

import io.e5spark.onnx.MatrixMultiplier;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The nearest centroid of each of many points by dot product; of equally near ones, the first. */
final class NearestCentroids {
  private static final int CENTROIDS = 1_024;
  private static final int POINTS = 2_048;

  private final List<float[]> points;
  private final List<float[]> centroids;
  private final int dimension;
  private final int[] nearest;
  private final float[] scores;

  private NearestCentroids(List<float[]> points, List<float[]> centroids) {
    this.points = points;
    this.centroids = centroids;
    this.dimension = centroids.get(0).length;
    this.nearest = new int[points.size()];
    this.scores = new float[points.size()];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
  }

  /** Finds them on all cores of this machine. */
  static NearestCentroids of(List<float[]> points, List<float[]> centroids) {
    NearestCentroids found = new NearestCentroids(points, centroids);
    int threads = Runtime.getRuntime().availableProcessors();
    IntStream.range(0, threads).parallel().forEach(part -> found.search(part, threads));
    return found;
  }

  /** Searches one of the parts into which the blocks of points are divided. */
  private void search(int part, int parts) {
    int rows = MatrixMultiplier.evenRows(centroids.size(), CENTROIDS);
    try (MatrixMultiplier product = new MatrixMultiplier(rows, POINTS, dimension)) {
      for (int first = part * POINTS; first < points.size(); first += parts * POINTS) {
        int count = put(points, first, POINTS, product.right());
        for (int list = 0; list < centroids.size(); list += rows) {
          int lists = put(centroids, list, rows, product.left());
          product.multiply();
          scan(product.product(), list, lists, first, count);
        }
      }
    }
  }

  private int put(List<float[]> vectors, int first, int most, FloatBuffer matrix) {
    int count = Math.min(most, vectors.size() - first);
    for (int i = 0; i < count; i++) {
      matrix.put(i * dimension, vectors.get(first + i));
    }
    return count;
  }

  private void scan(FloatBuffer product, int firstList, int lists, int firstPoint, int count) {
    float[] row = new float[count];
    for (int list = 0; list < lists; list++) {
      product.get(list * POINTS, row, 0, count);
      for (int i = 0; i < count; i++) {
        if (row[i] > scores[firstPoint + i]) {
          scores[firstPoint + i] = row[i];
          nearest[firstPoint + i] = firstList + list;
        }
      }
    }
  }

  /** The number of the centroid of a point. */
  int nearest(int point) {
    return nearest[point];
  }

  /** Its dot product with the point. */
  float score(int point) {
    return scores[point];
  }

  /** The number of points. */
  int size() {
    return nearest.length;
  }

  /** The number of points whose nearest centroid differs from that of an earlier result. */
  long changed(NearestCentroids before) {
    return IntStream.range(0, nearest.length)
        .filter(point -> nearest[point] != before.nearest[point])
        .count();
  }
}
