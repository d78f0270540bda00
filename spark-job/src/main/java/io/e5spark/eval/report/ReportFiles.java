package io.e5spark.eval.report;

import io.e5spark.eval.BeirDataset;
import io.e5spark.eval.EvaluationReport;
import io.e5spark.eval.EvaluationResult;
import io.e5spark.eval.PerQuery;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Json;

/**
 * The files that an evaluation leaves beside its run: {@code metrics.json} and {@code report.html}.
 */
public final class ReportFiles {
  static final String METRICS = "metrics.json";
  static final String PER_QUERY = "metrics-per-query.json";

  private final DataFile output;
  private final BeirDataset dataset;
  private final Provenance provenance;

  /**
   * The files in a directory.
   *
   * @param dataset the evaluated data set, whose texts the report shows
   * @param provenance when and how it was evaluated
   */
  public ReportFiles(DataFile output, BeirDataset dataset, Provenance provenance) {
    this.output = output;
    this.dataset = dataset;
    this.provenance = provenance;
  }

  /** Writes the files and returns the report of the run. */
  public EvaluationReport write(EvaluationResult run) {
    output.in(METRICS).write(Json.of(run.report()));
    output.in(PER_QUERY).write(Json.of(run.perQuery().byQuery()));
    ReportedQueries queries = new ReportedQueries(run, new DatasetTexts(dataset));
    output.in("report.html").write(new ReportPage(run, queries, provenance).html());
    return run.report();
  }

  /** The metrics of each query that an earlier evaluation left. */
  static PerQuery perQuery(DataFile output) {
    return new PerQuery(Json.numbers(output.in(PER_QUERY).text()));
  }
}
