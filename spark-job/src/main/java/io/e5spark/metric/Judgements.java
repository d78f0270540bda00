package io.e5spark.metric;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Relevance judgements (qrels).
 *
 * @param byQuery for each query, in order, the grades of its documents; a document is relevant from
 *     grade 1
 */
public record Judgements(Map<String, Map<String, Integer>> byQuery) {
  /** The judgements of one query; empty if it is not judged. */
  public Map<String, Integer> of(String query) {
    return byQuery.getOrDefault(query, Map.of());
  }

  /** All documents that are judged for some query. */
  public Set<String> documents() {
    Set<String> documents = new HashSet<>();
    byQuery.values().forEach(ofQuery -> documents.addAll(ofQuery.keySet()));
    return documents;
  }

  /** The number of judgements. */
  public int size() {
    return byQuery.values().stream().mapToInt(Map::size).sum();
  }

  /** The same judgements for some queries. */
  public Judgements ofQueries(Set<String> queries) {
    Map<String, Map<String, Integer>> kept = new LinkedHashMap<>(byQuery);
    kept.keySet().retainAll(queries);
    return new Judgements(kept);
  }
}
