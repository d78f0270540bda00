package io.e5spark.eval;

import io.e5spark.metric.Metric;
import java.util.List;
import java.util.Map;

/**
 * A mean that must be reached.
 *
 * @param label the label of the metric
 */
public record Minimum(String label, double value) {

  /**
   * Reads minimums by name, in upper or lower case.
   *
   * @throws IllegalArgumentException if a name is not a computed metric
   */
  public static List<Minimum> all(Map<String, Double> byName, List<Metric> computed) {
    return byName.entrySet().stream()
        .map(one -> new Minimum(label(one.getKey(), computed), one.getValue()))
        .toList();
  }

  private static String label(String name, List<Metric> computed) {
    List<String> labels = computed.stream().map(Metric::label).toList();
    return labels.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid min: %s (must be one of %s)"
                        .formatted(name, String.join(", ", labels))));
  }

  /** Whether the means miss the minimum. */
  public boolean isMissed(Map<String, Double> means) {
    return !(means.getOrDefault(label, 0.0) >= value);
  }

  /** A sentence that says so. */
  public String message(Map<String, Double> means) {
    return "%s is %s, below the minimum of %s".formatted(label, means.get(label), value);
  }
}
