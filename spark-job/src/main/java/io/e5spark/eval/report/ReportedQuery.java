package io.e5spark.eval.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.e5spark.eval.EvaluationResult;
import io.e5spark.metric.ScoredDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A query with what was found and what was missed.
 *
 * @param score its headline metric
 * @param relevant the number of its relevant documents
 * @param found the number of these that were found at all
 * @param first the rank of the first one of these, from 1; null if none was found
 * @param hits the first documents that were found
 * @param missed the relevant documents that are not among these, best grades first
 */
record ReportedQuery(
    String id,
    double score,
    int relevant,
    int found,
    @Nullable Integer first,
    List<Document> hits,
    List<Document> missed) {
  private static final int MISSED = 10;

  /**
   * A document of a query.
   *
   * @param rank from 1; null if it was not found
   * @param score its similarity; null if it is not among the first ones
   * @param grade its grade; null if it was not judged
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Document(
      String id, @Nullable Integer rank, @Nullable Double score, @Nullable Integer grade) {
    boolean isRelevant() {
      return grade != null && grade > 0;
    }
  }

  /**
   * The query in an evaluation.
   *
   * @param label the label of the headline metric
   */
  static ReportedQuery of(EvaluationResult run, String query, String label) {
    List<Document> relevant = relevant(run, query);
    List<Integer> ranks = new ArrayList<>();
    relevant.stream().filter(one -> one.rank != null).forEach(one -> ranks.add(one.rank));
    List<Document> hits = hits(run, query);
    List<Document> missed =
        relevant.stream()
            .filter(one -> one.rank == null || one.rank > hits.size())
            .limit(MISSED)
            .toList();
    Integer first = ranks.stream().min(Comparator.naturalOrder()).orElse(null);
    double score = run.perQuery().value(query, label);
    return new ReportedQuery(query, score, relevant.size(), ranks.size(), first, hits, missed);
  }

  /** Orders documents by grade, best first. */
  private static List<Document> relevant(EvaluationResult run, String query) {
    return run.judgements().of(query).entrySet().stream()
        .filter(one -> one.getValue() > 0)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(one -> document(run, query, one.getKey(), null))
        .toList();
  }

  private static List<Document> hits(EvaluationResult run, String query) {
    List<Document> hits = new ArrayList<>();
    for (ScoredDocument hit : run.hits().of(query)) {
      Integer grade = run.judgements().of(query).get(hit.document());
      hits.add(new Document(hit.document(), hits.size() + 1, rounded(hit.score()), grade));
    }
    return hits;
  }

  private static Document document(
      EvaluationResult run, String query, String id, @Nullable Double score) {
    OptionalInt rank = run.hits().rank(query, id);
    Integer grade = run.judgements().of(query).get(id);
    return new Document(id, rank.isPresent() ? rank.getAsInt() : null, score, grade);
  }

  private static double rounded(double score) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4f", score));
  }
}
