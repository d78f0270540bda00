package io.e5spark.metric;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ranking of one query with its judgements, as metrics use it. Ranks count from 1. */
public final class JudgedRanking {
  private final int[] gains;
  private final boolean[] unjudged;
  private final int[] ideal;

  /**
   * Combines a ranking and judgements.
   *
   * @param documents the documents, best first
   * @param judgements the judgements of this query
   * @param judged the documents that are judged for any query
   */
  JudgedRanking(List<String> documents, Map<String, Integer> judgements, Set<String> judged) {
    gains = documents.stream().mapToInt(one -> judgements.getOrDefault(one, 0)).toArray();
    unjudged = new boolean[gains.length];
    for (int i = 0; i < gains.length; i++) {
      unjudged[i] = !judged.contains(documents.get(i));
    }
    ideal =
        judgements.values().stream()
            .filter(grade -> grade > 0)
            .sorted(Comparator.reverseOrder())
            .mapToInt(Integer::intValue)
            .toArray();
  }

  int length() {
    return gains.length;
  }

  /**
   * The grade at a rank; 0 for a document that is not relevant or not judged, and beyond the end.
   */
  int gain(int rank) {
    return rank > gains.length ? 0 : Math.max(0, gains[rank - 1]);
  }

  boolean isRelevant(int rank) {
    return gain(rank) > 0;
  }

  /** The grade at a rank of the best possible ranking; 0 beyond its end. */
  int idealGain(int rank) {
    return rank > ideal.length ? 0 : ideal[rank - 1];
  }

  /** The number of documents that are judged relevant, whether or not they were found. */
  int relevant() {
    return ideal.length;
  }

  int relevantAmong(int first) {
    int found = 0;
    for (int rank = 1; rank <= Math.min(first, gains.length); rank++) {
      found += isRelevant(rank) ? 1 : 0;
    }
    return found;
  }

  /** The number of the first documents that are not judged for any query. */
  int unjudgedAmong(int first) {
    int found = 0;
    for (int rank = 1; rank <= Math.min(first, gains.length); rank++) {
      found += unjudged[rank - 1] ? 1 : 0;
    }
    return found;
  }

  /** The rank of the first relevant document among the first k; 0 if there is none. */
  int firstRelevantAmong(int first) {
    for (int rank = 1; rank <= Math.min(first, gains.length); rank++) {
      if (isRelevant(rank)) {
        return rank;
      }
    }
    return 0;
  }
}
