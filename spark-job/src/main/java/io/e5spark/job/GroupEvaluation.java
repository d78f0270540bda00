package io.e5spark.job;

import io.e5spark.config.Settings;
import io.e5spark.eval.BeirDataset;
import io.e5spark.eval.BeirGroup;
import io.e5spark.eval.EvaluationReport;
import io.e5spark.eval.EvaluationRequest;
import io.e5spark.eval.Evaluator;
import io.e5spark.eval.report.Provenance;
import io.e5spark.eval.report.ReportFiles;
import io.e5spark.platform.DataFile;
import io.e5spark.report.PrintedStages;
import io.e5spark.report.Work;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The same evaluation for each folder of a group, with the files that it leaves. */
final class GroupEvaluation {
  private final SparkSession spark;
  private final Settings settings;
  private final EvaluationRequest request;
  private final String command;
  private final PrintWriter err;

  /**
   * An evaluation.
   *
   * @param command the command as it was typed, for the report
   */
  GroupEvaluation(
      SparkSession spark,
      Settings settings,
      EvaluationRequest request,
      String command,
      PrintWriter err) {
    this.spark = spark;
    this.settings = settings;
    this.request = request;
    this.command = command;
    this.err = err;
  }

  /**
   * Evaluates one folder after another.
   *
   * @param output gets the vectors, the run, the metrics and the report: itself for a single
   *     folder, or else a subfolder for each
   */
  List<EvaluationReport> run(BeirGroup group, DataFile output) {
    Work work = new Work();
    return work.run(() -> evaluate(group, output, work));
  }

  private List<EvaluationReport> evaluate(BeirGroup group, DataFile output, Work work) {
    List<EvaluationReport> reports = new ArrayList<>();
    for (DataFile folder : group.folders()) {
      reports.add(evaluate(folder, group.isSingle() ? output : output.in(folder.name()), work));
    }
    return reports;
  }

  private EvaluationReport evaluate(DataFile folder, DataFile place, Work work) {
    PrintedStages stages = new PrintedStages(spark.sparkContext(), err, work);
    BeirDataset beir = new BeirDataset(spark, folder, stages::warn);
    return new ReportFiles(place, beir, Provenance.now(command))
        .write(new Evaluator(spark, settings, request, beir, place, stages).run());
  }
}
