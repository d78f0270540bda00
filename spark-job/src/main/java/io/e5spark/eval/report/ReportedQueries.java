package io.e5spark.eval.report;

import io.e5spark.eval.EvaluationResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All queries of an evaluation, the worst first, and the documents of the worst of them. */
final class ReportedQueries {
  /** Limits the number of documents, so that the page of a large data set still opens. */
  static final int WITH_DOCUMENTS = 1_000;

  /** Queries without a relevant document say nothing, and come last. */
  private static final Comparator<ReportedQuery> WORST_FIRST =
      Comparator.comparing((ReportedQuery query) -> query.relevant() == 0)
          .thenComparingDouble(ReportedQuery::score);

  private final List<ReportedQuery> queries;
  private final Map<String, Passage> documents;
  private final Map<String, String> texts;

  ReportedQueries(EvaluationResult run, ReportTexts texts) {
    String label = HeadlineMetric.of(run.report().metrics());
    this.queries =
        run.perQuery().queries().stream()
            .map(query -> ReportedQuery.of(run, query, label))
            .sorted(WORST_FIRST)
            .toList();
    this.documents = texts.documents(shown());
    Set<String> ids = new LinkedHashSet<>();
    queries.forEach(query -> ids.add(query.id()));
    this.texts = texts.queries(ids);
  }

  private Set<String> shown() {
    Set<String> ids = new LinkedHashSet<>();
    for (ReportedQuery query : detailed()) {
      Stream.concat(query.hits().stream(), query.missed().stream())
          .forEach(document -> ids.add(document.id()));
    }
    return ids;
  }

  /** The queries whose documents are on the page. */
  private List<ReportedQuery> detailed() {
    return queries.subList(0, Math.min(WITH_DOCUMENTS, queries.size()));
  }

  /** A line of the table, as text. */
  record Line(String id, String text, String score, String first, int found, int relevant) {}

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (ReportedQuery query : queries) {
      lines.add(
          new Line(
              query.id(),
              texts.getOrDefault(query.id(), ""),
              String.format(Locale.ROOT, "%.4f", query.score()),
              query.first() == null ? "none" : query.first().toString(),
              query.found(),
              query.relevant()));
    }
    return lines;
  }

  /**
   * What the script of the page shows of a query: {@code queries} by id and {@code documents} by
   * id.
   */
  Map<String, Object> details() {
    Map<String, ReportedQuery> byId = new LinkedHashMap<>();
    detailed().forEach(query -> byId.put(query.id(), query));
    return Map.of("queries", byId, "documents", documents);
  }

  /** The number of queries without documents on the page. */
  int withoutDocuments() {
    return queries.size() - detailed().size();
  }
}
