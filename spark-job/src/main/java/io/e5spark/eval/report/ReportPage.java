package io.e5spark.eval.report;

import com.samskivert.mustache.Mustache;
import io.e5spark.eval.EvaluationResult;
import io.e5spark.platform.Resource;
import io.e5spark.report.ChartLibrary;
import io.e5spark.report.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An evaluation as one page that needs no network, with numbers, charts and all queries. */
final class ReportPage {
  private final EvaluationResult run;
  private final ReportedQueries queries;
  private final Provenance provenance;
  private final String headline;
  private final ReportCharts charts;

  ReportPage(EvaluationResult run, ReportedQueries queries, Provenance provenance) {
    this.run = run;
    this.queries = queries;
    this.provenance = provenance;
    this.headline = HeadlineMetric.of(run.report().metrics());
    this.charts = new ReportCharts(run, headline);
  }

  String html() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("style", new Resource(Json.class, "page.css").text());
    numbers(page);
    page.put("queries", queries.lines());
    page.put("withoutDocuments", positive(queries.withoutDocuments()));
    page.put("facts", ReportFacts.of(run.report()));
    page.put("provenance", provenance.facts());
    page.put("histogramTable", charts.histogram().facts("%.0f"));
    page.put("recallTable", charts.recall().facts("%.5f"));
    scripts(page);
    return Mustache.compiler().defaultValue("").compile(text("report.mustache")).execute(page);
  }

  private void numbers(Map<String, Object> page) {
    page.put("report", run.report());
    page.put("headline", headline);
    page.put("headlineValue", number(run.report().metrics().getOrDefault(headline, 0.0)));
    page.put("published", published());
    page.put("tiles", tiles());
    page.put("cutoffs", cutoffs());
    page.put("rows", rows());
    page.put("meanings", MetricFamily.of(run.report().metrics()));
  }

  private void scripts(Map<String, Object> page) {
    page.put("library", ChartLibrary.script());
    page.put("script", text("report.js"));
    page.put("histogram", Json.inScript(charts.histogram()));
    page.put("recall", Json.inScript(charts.recall()));
    page.put("details", Json.inScript(queries.details()));
  }

  private static List<Integer> positive(int number) {
    return number > 0 ? List.of(number) : List.of();
  }

  private List<String> published() {
    Double published = run.report().published();
    return published == null || !headline.equals("NDCG@10")
        ? List.of()
        : List.of(number(published));
  }

  private List<ReportFacts.Fact> tiles() {
    return List.of("Recall@10", "Recall@100", "MAP@100", "MRR@10", "P@10", "RR").stream()
        .filter(run.report().metrics()::containsKey)
        .map(
            label ->
                new ReportFacts.Fact(
                    label, number(run.report().metrics().getOrDefault(label, 0.0))))
        .toList();
  }

  List<String> cutoffs() {
    List<String> cutoffs = new ArrayList<>();
    for (String label : run.report().metrics().keySet()) {
      String cutoff = label.replaceFirst(".*@", "");
      if (label.contains("@") && !cutoffs.contains(cutoff)) {
        cutoffs.add(cutoff);
      }
    }
    return cutoffs;
  }

  /** A metric at all cut-offs. */
  record MetricRow(String name, List<String> values) {}

  List<MetricRow> rows() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    run.report()
        .metrics()
        .forEach(
            (label, mean) -> {
              if (label.contains("@")) {
                rows.computeIfAbsent(label.replaceFirst("@.*", ""), key -> new ArrayList<>())
                    .add(number(mean));
              }
            });
    return rows.entrySet().stream()
        .map(one -> new MetricRow(one.getKey(), one.getValue()))
        .toList();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  private static String text(String resource) {
    return new Resource(ReportPage.class, resource).text();
  }
}
