package io.e5spark.mteb.learn;

import io.e5spark.mteb.random.NumpyRandom;
import java.util.Arrays;

/**
 * The start of k-means: each further centre is the best of a few rows, which are drawn with a
 * probability proportional to the squared distance to the nearest centre.
 */
final class PlusPlus {
  private final float[][] rows;
  private final NumpyRandom random;
  private final Draws draws;

  PlusPlus(float[][] rows, NumpyRandom random, Draws draws) {
    this.rows = rows;
    this.random = random;
    this.draws = draws;
  }

  double[][] centres(int count) {
    int candidates = 2 + (int) Math.log(count);
    double[][] centres = new double[count][];
    centres[0] = Points.asDoubles(rows[draws.firstCentre(random, rows.length)]);
    Distances closest = Distances.to(centres[0], rows);
    for (int i = 1; i < count; i++) {
      Candidate best = best(closest, candidates);
      centres[i] = Points.asDoubles(rows[best.row]);
      closest = best.closest;
    }
    return centres;
  }

  /** The distances to the nearest centre if a candidate became one. */
  private record Candidate(int row, Distances closest) {}

  private Candidate best(Distances closest, int candidates) {
    double[] drawn = new double[candidates];
    Arrays.setAll(drawn, i -> random.nextDouble() * closest.sum);
    double[] cumulated = closest.cumulated();
    Candidate best = candidate(cumulated, drawn[0], closest);
    for (int i = 1; i < candidates; i++) {
      Candidate other = candidate(cumulated, drawn[i], closest);
      if (other.closest.sum < best.closest.sum) {
        best = other;
      }
    }
    return best;
  }

  private Candidate candidate(double[] cumulated, double value, Distances closest) {
    int row = Math.min(firstFrom(cumulated, value), cumulated.length - 1);
    return new Candidate(row, closest.with(Points.asDoubles(rows[row]), rows));
  }

  /** The first of the sums that is at least the value. */
  private static int firstFrom(double[] cumulated, double value) {
    int low = 0;
    int high = cumulated.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulated[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The squared distances of rows to their nearest centre, and their sum. */
  private static final class Distances {
    private final double[] squared;
    private final double sum;

    private Distances(double[] squared) {
      this.squared = squared;
      double all = 0;
      for (double one : squared) {
        all += one;
      }
      this.sum = all;
    }

    static Distances to(double[] centre, float[][] rows) {
      double[] squared = new double[rows.length];
      Arrays.setAll(squared, i -> Points.squaredDistance(rows[i], centre));
      return new Distances(squared);
    }

    Distances with(double[] centre, float[][] rows) {
      double[] nearer = new double[rows.length];
      Arrays.setAll(nearer, i -> Math.min(squared[i], Points.squaredDistance(rows[i], centre)));
      return new Distances(nearer);
    }

    double[] cumulated() {
      double[] cumulated = squared.clone();
      for (int i = 1; i < cumulated.length; i++) {
        cumulated[i] += cumulated[i - 1];
      }
      return cumulated;
    }
  }
}
