package io.e5spark.importer.graph;

import java.util.Arrays;

/** Smallest and largest value of each component of vectors that were seen. Not thread-safe. */
final class ActivationRange {
  /** Texts to come may reach further than those seen. */
  private static final float MARGIN = 1.2f;

  private static final float SMALLEST = 1e-6f;

  private final float[] low;
  private final float[] high;

  ActivationRange(int size) {
    low = new float[size];
    high = new float[size];
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
  }

  void add(float[] vector) {
    for (int i = 0; i < low.length; i++) {
      low[i] = Math.min(low[i], vector[i]);
      high[i] = Math.max(high[i], vector[i]);
    }
  }

  /** The middle of each component. */
  float[] middle() {
    float[] middle = new float[low.length];
    for (int i = 0; i < middle.length; i++) {
      middle[i] = (low[i] + high[i]) / 2;
    }
    return middle;
  }

  /** How far a component may be from its middle. */
  float reach(int component) {
    return Math.max(SMALLEST, (high[component] - low[component]) / 2 * MARGIN);
  }
}
