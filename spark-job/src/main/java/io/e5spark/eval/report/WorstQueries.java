package io.e5spark.eval.report;

import io.e5spark.eval.EvaluationResult;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The queries that an evaluation did worst on, with what was found and what was missed. */
final class WorstQueries {
  private static final int QUERIES = 20;
  private static final int MISSED = 10;
  private static final int CHARACTERS = 300;

  private final EvaluationResult run;
  private final String label;
  private final List<String> queries;
  private final Map<String, String> texts;
  private final Map<String, String> queryTexts;

  /** Texts by id, of those ids that are there. */
  interface Texts {
    Map<String, String> documents(Set<String> ids);

    Map<String, String> queries(Set<String> ids);
  }

  WorstQueries(EvaluationResult run, Texts texts) {
    this.run = run;
    this.label = HeadlineMetric.of(run.report().metrics());
    this.queries =
        run.perQuery().queries().stream()
            .filter(query -> grades(query).values().stream().anyMatch(grade -> grade > 0))
            .sorted(Comparator.comparingDouble(query -> run.perQuery().value(query, label)))
            .limit(QUERIES)
            .toList();
    this.texts = texts.documents(documents());
    this.queryTexts = texts.queries(Set.copyOf(queries));
  }

  private Set<String> documents() {
    Set<String> documents = new LinkedHashSet<>();
    for (String query : queries) {
      run.hits().of(query).forEach(hit -> documents.add(hit.document()));
      documents.addAll(missed(query));
    }
    return documents;
  }

  /** The relevant documents that are not among the first found, best grades first. */
  private List<String> missed(String query) {
    Set<String> found = new LinkedHashSet<>();
    run.hits().of(query).forEach(hit -> found.add(hit.document()));
    return grades(query).entrySet().stream()
        .filter(one -> one.getValue() > 0 && !found.contains(one.getKey()))
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MISSED)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, Integer> grades(String query) {
    return run.judgements().of(query);
  }

  /**
   * A query for the page.
   *
   * @param score its headline metric
   */
  record Query(String id, String text, String score, List<Document> hits, List<Document> missed) {}

  /**
   * A document for the page.
   *
   * @param score its score, empty for one that was not found
   * @param grade as judged, empty for one that is not
   * @param relevant whether the grade says so
   */
  record Document(String id, String score, String grade, boolean relevant, String text) {}

  List<Query> queries() {
    return queries.stream()
        .map(
            query ->
                new Query(
                    query,
                    queryTexts.getOrDefault(query, ""),
                    number(run.perQuery().value(query, label)),
                    run.hits().of(query).stream()
                        .map(hit -> document(query, hit.document(), number(hit.score())))
                        .toList(),
                    missed(query).stream().map(id -> document(query, id, "")).toList()))
        .toList();
  }

  private Document document(String query, String id, String score) {
    Integer grade = grades(query).get(id);
    String text = texts.getOrDefault(id, "(not in the corpus)");
    return new Document(
        id,
        score,
        grade == null ? "" : grade.toString(),
        grade != null && grade > 0,
        text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS) + "…");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
