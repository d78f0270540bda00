package io.e5spark.metric;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rules that a metric follows: how ties are ordered, and over which queries the mean is taken.
 */
public enum Convention {
  /**
   * Scores are single precision; ties are ordered by document id, descending in UTF-8 bytes. The
   * mean is over the queries that are both judged and in the run. Source: trec_eval 9.0.8, {@code
   * form_res_rels.c}.
   */
  TREC_EVAL,
  /**
   * Scores are double precision; ties stay in the order of the run. The mean is over all judged
   * queries. Source: BEIR, {@code retrieval/custom_metrics.py}.
   */
  BEIR;

  /** The documents, best first. */
  List<String> ranked(List<ScoredDocument> documents) {
    return documents.stream().sorted(order()).map(ScoredDocument::document).toList();
  }

  private Comparator<ScoredDocument> order() {
    return switch (this) {
      case TREC_EVAL ->
          Comparator.comparing(ScoredDocument::singleScore, Comparator.reverseOrder())
              .thenComparing(ScoredDocument::document, Convention::compareBytes);
      case BEIR -> Comparator.comparing(ScoredDocument::score, Comparator.reverseOrder());
    };
  }

  /** Not {@link String#compareTo}, which orders by UTF-16 units. */
  private static int compareBytes(String a, String b) {
    return Arrays.compareUnsigned(
        b.getBytes(StandardCharsets.UTF_8), a.getBytes(StandardCharsets.UTF_8));
  }
}
