package io.e5spark.job;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.eval.BeirDataset;
import io.e5spark.eval.BeirGroup;
import io.e5spark.eval.EvaluationReport;
import io.e5spark.eval.EvaluationRequest;
import io.e5spark.eval.Evaluator;
import io.e5spark.eval.Minimum;
import io.e5spark.eval.report.Comparison;
import io.e5spark.eval.report.MeansTable;
import io.e5spark.eval.report.ReportFiles;
import io.e5spark.metric.Metric;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Json;
import io.e5spark.report.PrintedStages;
import io.e5spark.table.VectorType;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "evaluate",
    description = "Measures retrieval quality on a folder in BEIR's layout.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:the job failed",
      " 2:the arguments or settings are wrong",
      " 3:a metric falls short of --min"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int FALLS_SHORT = 3;

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "DIR",
      description =
          "corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv; or a folder of such folders, whose means are averaged.")
  String dataset = "";

  @Option(names = "--split", description = "Which judgements; qrels/SPLIT.tsv.")
  String split = "test";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where to leave vectors, run, metrics and report.")
  String output = "";

  @Option(names = "--k", description = "Documents a query.")
  int k = 1_000;

  @Option(
      names = "--cutoffs",
      split = ",",
      paramLabel = "K",
      description =
          "Cut-offs of the metrics; 1, 3, 5, 10, 100, 1000 as far as --k goes by default.")
  @Nullable List<Integer> cutoffs;

  @Option(
      names = "--document-type",
      description = "How documents are embedded: passage, but query for Quora, by default.")
  @Nullable InputType documentType;

  @Option(
      names = "--vector-type",
      description =
          "How the documents' vectors are stored, as embed has it: float, int8 or binary.")
  VectorType vectorType = VectorType.FLOAT;

  @Option(
      names = "--keep-identical-ids",
      description =
          "Let a query find a document with its own id; BEIR leaves it out, which is wrong where both are just numbered.")
  boolean keepIdenticalIds;

  @Option(
      names = "--baseline",
      paramLabel = "DIR",
      description = "Output of an earlier evaluation to compare with.")
  @Nullable String baseline;

  @Option(
      names = "--min",
      paramLabel = "METRIC=VALUE",
      description = "Exit with 3 if a mean is below, for example ndcg@10=0.30; may be repeated.")
  Map<String, Double> minimums = new LinkedHashMap<>();

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  /**
   * What is printed.
   *
   * @param evaluations of each folder
   * @param metrics means over the folders, by label
   * @param comparison with the baseline; null without one
   */
  record Report(
      List<EvaluationReport> evaluations,
      Map<String, Double> metrics,
      @Nullable Comparison comparison) {}

  @Override
  public Integer call() {
    List<Minimum> wanted = Minimum.all(minimums, Metric.all(checkedCutoffs()));
    try (Session session = Session.open(common, spec.commandLine().getErr())) {
      Settings settings = common.settings(session.spark());
      Configuration configuration = session.spark().sessionState().newHadoopConf();
      Comparison.Baseline before =
          baseline == null ? null : Comparison.baseline(new DataFile(baseline, configuration));
      BeirGroup group = BeirGroup.in(new DataFile(dataset, configuration));
      if (before != null && !group.isSingle()) {
        throw new IllegalArgumentException(
            "Cannot compare a folder of folders with --baseline: evaluate one of %s"
                .formatted(group.folders().stream().map(DataFile::name).toList()));
      }
      DataFile results = new DataFile(output, configuration);
      List<EvaluationReport> evaluations = new ArrayList<>();
      for (DataFile folder : group.folders()) {
        DataFile place = group.isSingle() ? results : results.in(folder.name());
        evaluations.add(evaluate(session.spark(), settings, folder, place));
      }
      Report report =
          new Report(
              evaluations,
              BeirGroup.means(evaluations),
              before == null ? null : before.compare(results));
      if (!group.isSingle()) {
        results.in("metrics.json").write(Json.of(report));
      }
      print(report, results);
      return fallsShort(wanted, report) ? FALLS_SHORT : 0;
    }
  }

  private EvaluationReport evaluate(
      SparkSession spark, Settings settings, DataFile folder, DataFile place) {
    PrintedStages stages = new PrintedStages(spark.sparkContext(), err());
    EvaluationRequest request =
        new EvaluationRequest(
            split,
            Optional.ofNullable(documentType),
            vectorType,
            k,
            keepIdenticalIds,
            checkedCutoffs());
    BeirDataset beir = new BeirDataset(spark, folder, stages::warn);
    return new ReportFiles(place, beir)
        .write(new Evaluator(spark, settings, request, beir, place, stages).run());
  }

  private List<Integer> checkedCutoffs() {
    if (k < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid k: %d (must be at least 1)", k));
    }
    if (cutoffs == null) {
      return Metric.CUTOFFS.stream().filter(cutoff -> cutoff <= k).toList();
    }
    for (int cutoff : cutoffs) {
      if (cutoff < 1 || cutoff > k) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Invalid cutoffs: %d (must be from 1 to k, %d)", cutoff, k));
      }
    }
    return cutoffs.stream().distinct().sorted().toList();
  }

  private void print(Report report, DataFile results) {
    PrintWriter out = spec.commandLine().getOut();
    if (common.json) {
      out.println(Json.of(report));
      return;
    }
    out.println(MeansTable.of(report.metrics()));
    report.evaluations().forEach(one -> out.println(one.summary()));
    if (report.comparison() != null) {
      out.println(report.comparison().summary());
    }
    out.println("Report   " + results.location());
  }

  private boolean fallsShort(List<Minimum> wanted, Report report) {
    List<Minimum> missed = wanted.stream().filter(one -> one.isMissed(report.metrics())).toList();
    missed.forEach(one -> err().println("e5-spark: " + one.message(report.metrics())));
    return !missed.isEmpty();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
