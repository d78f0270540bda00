package io.e5spark.eval;

import java.util.Map;
import java.util.Set;

/**
 * The metrics of each query.
 *
 * @param byQuery the metrics by label, for each query in the order of evaluation
 */
public record PerQuery(Map<String, Map<String, Double>> byQuery) {
  public Set<String> queries() {
    return byQuery.keySet();
  }

  /** The metrics that a query has. */
  public Set<String> labels(String query) {
    return byQuery.getOrDefault(query, Map.of()).keySet();
  }

  /** One metric of one query; 0 if it was not computed. */
  public double value(String query, String label) {
    return byQuery.getOrDefault(query, Map.of()).getOrDefault(label, 0.0);
  }
}
