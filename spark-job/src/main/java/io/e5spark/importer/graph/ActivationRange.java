package io.e5spark.importer.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The smallest and the largest value of each component of the vectors so far. Not thread-safe. */
final class ActivationRange {
  /** A margin, because other texts may reach further than those so far. */
  private static final float MARGIN = 1.2f;

  private static final float SMALLEST = 1e-6f;

  private final float[] low;
  private final float[] high;

  ActivationRange(int dimension) {
    low = new float[dimension];
    high = new float[dimension];
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
  }

  /** Empty ranges for vectors of one dimension, by name. */
  static Map<String, ActivationRange> unseen(Collection<String> names, int dimension) {
    Map<String, ActivationRange> ranges = new LinkedHashMap<>();
    names.forEach(name -> ranges.put(name, new ActivationRange(dimension)));
    return ranges;
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

  /** The largest distance of a component from its middle. */
  float reach(int component) {
    return Math.max(SMALLEST, (high[component] - low[component]) / 2 * MARGIN);
  }
}
