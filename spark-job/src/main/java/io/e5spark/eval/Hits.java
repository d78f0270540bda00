package io.e5spark.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first documents of each query, for a report. */
final class Hits {
  static final int SHOWN = 10;

  private final Map<String, List<TopDocuments.Found>> byQuery = new LinkedHashMap<>();

  void add(String query, List<TopDocuments.Found> found) {
    byQuery.put(query, List.copyOf(found.subList(0, Math.min(SHOWN, found.size()))));
  }

  List<TopDocuments.Found> of(String query) {
    return byQuery.getOrDefault(query, List.of());
  }
}
