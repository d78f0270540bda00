package io.e5spark.eval.report;

import io.e5spark.eval.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The data of the charts of a page. */
final class ReportCharts {
  private static final int BINS = 20;

  private final EvaluationResult run;
  private final String headline;

  ReportCharts(EvaluationResult run, String headline) {
    this.run = run;
    this.headline = headline;
  }

  /** The labels and the values of a chart. */
  record Series(List<String> labels, List<Double> values) {
    /** The chart as text. */
    List<ReportFacts.Fact> facts(String format) {
      List<ReportFacts.Fact> facts = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        String value = String.format(Locale.ROOT, format, values.get(i));
        facts.add(new ReportFacts.Fact(labels.get(i), value));
      }
      return facts;
    }
  }

  /** The number of queries by their headline metric. */
  Series histogram() {
    double[] counts = new double[BINS];
    for (String query : run.perQuery().queries()) {
      counts[(int) Math.min(BINS - 1, run.perQuery().value(query, headline) * BINS)]++;
    }
    Series series = new Series(new ArrayList<>(), new ArrayList<>());
    for (int bin = 0; bin < BINS; bin++) {
      series.labels().add(String.format(Locale.ROOT, "%.2f", (double) bin / BINS));
      series.values().add(counts[bin]);
    }
    return series;
  }

  /** The recall by cut-off. */
  Series recall() {
    Series series = new Series(new ArrayList<>(), new ArrayList<>());
    run.report()
        .metrics()
        .forEach(
            (label, mean) -> {
              if (label.startsWith("Recall@")) {
                series.labels().add(label.replaceFirst(".*@", ""));
                series.values().add(mean);
              }
            });
    return series;
  }
}
