package io.e5spark.eval;

import io.e5spark.metric.ScoredDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first documents of each query, for a report. */
public final class TopHits {
  static final int SHOWN = 10;

  private final Map<String, List<ScoredDocument>> byQuery = new LinkedHashMap<>();

  void add(String query, List<ScoredDocument> found) {
    byQuery.put(query, List.copyOf(found.subList(0, Math.min(SHOWN, found.size()))));
  }

  public List<ScoredDocument> of(String query) {
    return byQuery.getOrDefault(query, List.of());
  }
}
