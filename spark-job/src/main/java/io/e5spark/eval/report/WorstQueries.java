package io.e5spark.eval.report;

import static org.apache.spark.sql.functions.broadcast;

import io.e5spark.eval.BeirDataset;
import io.e5spark.eval.EvaluationResult;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The queries that an evaluation did worst on, with what was found and what was missed. */
final class WorstQueries {
  private static final int QUERIES = 20;
  private static final int MISSED = 10;
  private static final int CHARACTERS = 300;

  private final EvaluationResult run;
  private final String label;
  private final List<String> queries;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, String> queryTexts = new HashMap<>();

  WorstQueries(EvaluationResult run, BeirDataset dataset) {
    this.run = run;
    this.label = HeadlineMetric.of(run.report().metrics());
    this.queries =
        run.perQuery().queries().stream()
            .filter(query -> grades(query).values().stream().anyMatch(grade -> grade > 0))
            .sorted(Comparator.comparingDouble(query -> run.perQuery().value(query, label)))
            .limit(QUERIES)
            .toList();
    read(dataset.titledPassages(), documents(), texts);
    read(dataset.queries(), Set.copyOf(queries), queryTexts);
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

  private static void read(Dataset<Row> texts, Set<String> ids, Map<String, String> into) {
    Dataset<Row> wanted =
        texts
            .sparkSession()
            .createDataset(List.copyOf(ids), Encoders.STRING())
            .toDF(BeirDataset.ID);
    for (Row row : texts.join(broadcast(wanted), BeirDataset.ID).collectAsList()) {
      into.put(row.getString(0), row.getString(1));
    }
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
