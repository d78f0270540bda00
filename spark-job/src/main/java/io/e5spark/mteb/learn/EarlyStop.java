package io.e5spark.mteb.learn;

/** Ends the steps once the smoothed inertia has had no new minimum for a while. */
final class EarlyStop {
  private static final int PATIENCE = 10;

  private final double weight;
  private double smoothed = Double.NaN;
  private double least = Double.POSITIVE_INFINITY;
  private int withoutMinimum;

  EarlyStop(int batch, int rows) {
    this.weight = Math.min(batch * 2.0 / (rows + 1), 1);
  }

  /** Whether a step with this mean inertia was the last one. */
  boolean after(double inertia) {
    smoothed = Double.isNaN(smoothed) ? inertia : smoothed * (1 - weight) + inertia * weight;
    if (smoothed < least) {
      least = smoothed;
      withoutMinimum = 0;
    } else {
      withoutMinimum++;
    }
    return withoutMinimum >= PATIENCE;
  }
}
