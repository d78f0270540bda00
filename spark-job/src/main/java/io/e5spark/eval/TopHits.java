package io.e5spark.eval;

import io.e5spark.metric.Judgements;
import io.e5spark.metric.ScoredDocument;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The first documents of each query, and the ranks of its judged documents, for a report. */
public final class TopHits {
  static final int SHOWN = 10;

  private final Judgements judgements;
  private final Map<String, List<ScoredDocument>> byQuery = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> ranks = new HashMap<>();

  TopHits(Judgements judgements) {
    this.judgements = judgements;
  }

  void add(String query, List<ScoredDocument> found) {
    byQuery.put(query, List.copyOf(found.subList(0, Math.min(SHOWN, found.size()))));
    Map<String, Integer> judged = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      String document = found.get(i).document();
      if (judgements.of(query).containsKey(document)) {
        judged.put(document, i + 1);
      }
    }
    ranks.put(query, judged);
  }

  public List<ScoredDocument> of(String query) {
    return byQuery.getOrDefault(query, List.of());
  }

  /** The rank of a judged document, from 1; empty if it was not found. */
  public OptionalInt rank(String query, String document) {
    Integer rank = ranks.getOrDefault(query, Map.of()).get(document);
    return rank == null ? OptionalInt.empty() : OptionalInt.of(rank);
  }
}
