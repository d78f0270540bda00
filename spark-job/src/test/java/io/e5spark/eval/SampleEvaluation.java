package io.e5spark.eval;

import io.e5spark.config.Settings;
import io.e5spark.metric.Judgements;
import io.e5spark.metric.ScoredDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports and results of evaluations that never ran. */
public final class SampleEvaluation {
  private SampleEvaluation() {}

  /** Returns a report with these means. */
  public static EvaluationReport report(Map<String, Double> means) {
    return report(means, null);
  }

  /** Returns a report with these means and a published score. */
  public static EvaluationReport report(Map<String, Double> means, Double published) {
    return new EvaluationReport(
        "data",
        "/sets/data",
        "test",
        "a-model",
        "f00d",
        Settings.read(Map.of()),
        "passage",
        "float",
        1_000,
        false,
        null,
        new EvaluationReport.Counts(5_183, 300, 339, 2, 1_234),
        new EvaluationReport.Seconds(12.34, 1.5, 0.25),
        means,
        published);
  }

  /** Returns an evaluation with these metrics per query and the documents that were found. */
  public static EvaluationResult result(
      EvaluationReport report,
      Map<String, Map<String, Integer>> judgements,
      Map<String, Map<String, Double>> perQuery,
      Map<String, List<ScoredDocument>> found) {
    Judgements judged = new Judgements(new LinkedHashMap<>(judgements));
    TopHits hits = new TopHits(judged);
    found.forEach(hits::add);
    return new EvaluationResult(report, judged, new PerQuery(perQuery), hits);
  }
}
