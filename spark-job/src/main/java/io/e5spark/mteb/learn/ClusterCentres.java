package io.e5spark.mteb.learn;

import io.e5spark.mteb.random.NumpyRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Centres that move with each batch of rows; centres that attract too few rows are replaced. */
final class ClusterCentres {
  private static final double REASSIGNED_BELOW = 0.01;
  private static final int ROWS_PER_CENTRE = 10;

  private final double[][] centres;
  private final double[] counts;
  private final NumpyRandom random;
  private long sinceReassigned;

  ClusterCentres(double[][] centres, NumpyRandom random) {
    this.centres = centres;
    this.counts = new double[centres.length];
    this.random = random;
  }

  /** The number of the nearest centre of each row; the first one if several are equally near. */
  int[] nearest(float[][] rows) {
    return Arrays.stream(rows).mapToInt(row -> nearest(row).centre).toArray();
  }

  /** The sum of squared distances to the nearest centres. */
  double inertia(float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      sum += nearest(row).distance;
    }
    return sum;
  }

  private record Nearest(int centre, double distance) {}

  private Nearest nearest(float[] row) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int centre = 0; centre < centres.length; centre++) {
      double distance = Points.squaredDistance(row, centres[centre]);
      if (distance < least) {
        least = distance;
        best = centre;
      }
    }
    return new Nearest(best, least);
  }

  /** Moves the centres; returns the sum of squared distances before that. */
  double learn(float[][] batch) {
    sinceReassigned += batch.length;
    boolean reassign =
        Arrays.stream(counts).anyMatch(count -> count == 0)
            || sinceReassigned >= (long) ROWS_PER_CENTRE * centres.length;
    Nearest[] found = Arrays.stream(batch).map(this::nearest).toArray(Nearest[]::new);
    move(batch, found);
    if (reassign) {
      sinceReassigned = 0;
      reassign(batch);
    }
    double inertia = 0;
    for (Nearest one : found) {
      inertia += one.distance;
    }
    return inertia;
  }

  private void move(float[][] batch, Nearest[] found) {
    double[][] sums = new double[centres.length][centres[0].length];
    int[] members = new int[centres.length];
    for (int i = 0; i < batch.length; i++) {
      members[found[i].centre]++;
      add(sums[found[i].centre], batch[i]);
    }
    for (int centre = 0; centre < centres.length; centre++) {
      if (members[centre] > 0) {
        move(centre, sums[centre], members[centre]);
      }
    }
  }

  private static void add(double[] sum, float[] row) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += row[i];
    }
  }

  private void move(int centre, double[] sum, int members) {
    double before = counts[centre];
    counts[centre] += members;
    for (int i = 0; i < sum.length; i++) {
      centres[centre][i] = (centres[centre][i] * before + sum[i]) / counts[centre];
    }
  }

  private void reassign(float[][] batch) {
    boolean[] replaced = replaced(batch.length / 2);
    int[] which = IntStream.range(0, centres.length).filter(i -> replaced[i]).toArray();
    if (which.length == 0) {
      return;
    }
    int[] rows = random.permutation(batch.length);
    for (int i = 0; i < which.length; i++) {
      centres[which[i]] = Points.asDoubles(batch[rows[i]]);
    }
    double least =
        IntStream.range(0, centres.length)
            .filter(i -> !replaced[i])
            .mapToDouble(i -> counts[i])
            .min()
            .orElse(0);
    IntStream.of(which).forEach(i -> counts[i] = least);
  }

  private boolean[] replaced(int most) {
    double largest = Arrays.stream(counts).max().orElse(0);
    boolean[] replaced = new boolean[counts.length];
    for (int i = 0; i < counts.length; i++) {
      replaced[i] = counts[i] < REASSIGNED_BELOW * largest;
    }
    long number = IntStream.range(0, counts.length).filter(i -> replaced[i]).count();
    if (number > most) {
      IntStream.range(0, counts.length)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> counts[i]))
          .skip(most)
          .forEach(i -> replaced[i] = false);
    }
    return replaced;
  }
}
