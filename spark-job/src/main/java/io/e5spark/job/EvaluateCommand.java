package io.e5spark.job;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.config.Settings;
import io.e5spark.eval.BeirGroup;
import io.e5spark.eval.EvaluationReport;
import io.e5spark.eval.EvaluationRequest;
import io.e5spark.eval.Minimum;
import io.e5spark.eval.report.Comparison;
import io.e5spark.eval.report.MeansTable;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.option.RequestOptions;
import io.e5spark.job.session.Session;
import io.e5spark.metric.Metrics;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
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
      " 2:the command rejected its arguments or settings",
      " 3:a metric is below its minimum"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int FALLS_SHORT = 3;

  @Option(
      names = "--dataset",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "DIR",
      description =
          "A folder with corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv, or a folder of such folders, whose means are averaged.")
  String dataset = "";

  @Option(
      names = "--output",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "DIR",
      description = "The directory for the vectors, the run, the metrics and the report.")
  String output = "";

  @Mixin RequestOptions options = new RequestOptions();

  @Option(
      names = "--baseline",
      paramLabel = "DIR",
      description = "The output directory of an earlier evaluation to compare with.")
  @Nullable String baseline;

  @Option(
      names = "--min",
      showDefaultValue = NEVER,
      paramLabel = "METRIC=VALUE",
      description =
          "Exit with 3 if a mean is below a value, such as ndcg@10=0.30; may be repeated.")
  Map<String, Double> minimums = new LinkedHashMap<>();

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  /**
   * The output.
   *
   * @param evaluations the evaluation of each folder
   * @param metrics the means over the folders, by label
   * @param comparison the comparison with the baseline; null without one
   */
  record Report(
      List<EvaluationReport> evaluations,
      Map<String, Double> metrics,
      @Nullable Comparison comparison) {}

  @Override
  public Integer call() {
    EvaluationRequest request = options.request();
    List<Minimum> wanted = Minimum.all(minimums, Metrics.all(request.cutoffs()));
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
      results.requireDirectory();
      List<EvaluationReport> evaluations =
          new GroupEvaluation(session.spark(), settings, request, TypedCommand.of(spec), err())
              .run(group, results);
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
