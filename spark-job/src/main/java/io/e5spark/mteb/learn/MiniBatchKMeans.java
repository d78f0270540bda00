package io.e5spark.mteb.learn;

import io.e5spark.mteb.random.NumpyRandom;
import java.util.stream.IntStream;

/**
 * scikit-learn's {@code MiniBatchKMeans} with its defaults, in double precision. Source: Sculley
 * 2010, "Web-scale k-means clustering"; start by k-means++ (Arthur and Vassilvitskii 2007); the
 * order of draws is that of scikit-learn.
 *
 * @param clusters the number of clusters
 * @param batchSize the rows per step
 * @param starts the number of starts to try
 * @param seed the seed of the random numbers
 * @param draws the version of scikit-learn whose draws are repeated
 */
public record MiniBatchKMeans(int clusters, int batchSize, int starts, int seed, Draws draws) {
  private static final int MOST_PASSES = 100;

  /**
   * The result.
   *
   * @param labels the nearest centre of each row
   * @param steps the number of batches
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Result(int[] labels, int steps) {}

  /**
   * Clusters rows.
   *
   * @param rows {@code [rows, dimension]}
   * @throws IllegalArgumentException if there are fewer rows than clusters
   */
  public Result fit(float[][] rows) {
    if (rows.length < clusters) {
      throw new IllegalArgumentException(
          "Cannot make %s clusters: there are only %s rows".formatted(clusters, rows.length));
    }
    NumpyRandom random = new NumpyRandom(seed);
    int batch = Math.min(batchSize, rows.length);
    ClusterCentres centres = new ClusterCentres(start(random, rows, batch), random);
    EarlyStop stop = new EarlyStop(batch, rows.length);
    int steps = Math.toIntExact((long) MOST_PASSES * rows.length / batch);
    int step = 0;
    boolean done = false;
    while (step < steps && !done) {
      float[][] seen = taken(rows, draws.batch(random, rows.length, batch));
      double inertia = centres.learn(seen);
      done = step > 0 && stop.after(inertia / batch);
      step++;
    }
    return new Result(centres.nearest(rows), step);
  }

  private double[][] start(NumpyRandom random, float[][] rows, int batch) {
    int size = 3 * batch < clusters ? 3 * clusters : 3 * batch;
    int used = Math.min(size, rows.length);
    float[][] judging = taken(rows, random.below(rows.length, used));
    double[][] best = new double[0][];
    double least = Double.POSITIVE_INFINITY;
    for (int start = 0; start < starts; start++) {
      float[][] from = used < rows.length ? taken(rows, random.below(rows.length, used)) : rows;
      double[][] centres = new PlusPlus(from, random, draws).centres(clusters);
      double inertia = new ClusterCentres(centres, random).inertia(judging);
      if (inertia < least) {
        least = inertia;
        best = centres;
      }
    }
    return best;
  }

  private static float[][] taken(float[][] rows, int[] numbers) {
    return IntStream.of(numbers).mapToObj(i -> rows[i]).toArray(float[][]::new);
  }
}
