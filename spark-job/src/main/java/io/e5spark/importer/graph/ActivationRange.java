package io.e5spark.importer.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Smallest and largest value of each component of vectors that were seen. Not thread-safe. */
final class ActivationRange {
  /** Texts to come may reach further than those seen. */
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

  /** Ranges of vectors of one dimension that have not been seen yet, by name. */
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

  /** How far a component may be from its middle. */
  float reach(int component) {
    return Math.max(SMALLEST, (high[component] - low[component]) / 2 * MARGIN);
  }
}
