package io.e5spark.job;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.config.Settings;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.session.Session;
import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.input.Rules;
import io.e5spark.mteb.report.TaskBaseline;
import io.e5spark.mteb.report.TaskResults;
import io.e5spark.mteb.task.TaskEvaluator;
import io.e5spark.mteb.task.TaskMeans;
import io.e5spark.mteb.task.TaskReport;
import io.e5spark.mteb.task.TaskRequest;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Json;
import io.e5spark.report.PrintedStages;
import io.e5spark.report.Work;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    name = "evaluate-tasks",
    description =
        "Measures a model on folders of MTEB's tasks: similarity, classification, clustering, pairs, reranking, summaries and translations.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:the job failed",
      " 2:the command rejected its arguments or settings",
      " 3:a task is below its minimum"
    })
final class TasksCommand implements Callable<Integer> {
  private static final int FALLS_SHORT = 3;

  @Option(
      names = "--task",
      showDefaultValue = NEVER,
      required = true,
      arity = "1..*",
      paramLabel = "DIR",
      description = "The folders of the tasks, just as they are downloaded from a hub.")
  List<String> tasks = new ArrayList<>();

  @Option(
      names = "--output",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "DIR",
      description = "The directory for vectors and results.")
  String output = "";

  @Option(
      names = "--rules",
      paramLabel = "NAME",
      description =
          "The evaluation to repeat: cards (with raw vectors, as for the model cards of E5) or mteb2 (as MTEB 2 does it).")
  Rules rules = Rules.CARDS;

  @Option(
      names = "--subset",
      showDefaultValue = NEVER,
      arity = "1..*",
      paramLabel = "NAME",
      description =
          "The subsets of each folder, usually languages; required if a folder has more than one.")
  List<String> subsets = new ArrayList<>();

  @Option(
      names = "--type",
      paramLabel = "NAME",
      description =
          "The type of the tasks, if their columns do not show it: sts, pair-classification, reranking, candidate-reranking, summarization, clustering, bootstrapped-clustering, classification or bitext-mining.")
  @Nullable String type;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "The split to score; by default, the one that MTEB scores.")
  @Nullable String split;

  @Option(
      names = "--samples-per-label",
      paramLabel = "ROWS",
      description =
          "The training rows per label of a classification; by default, as many as MTEB takes for the task, or 8.")
  @Nullable Integer samplesPerLabel;

  @Option(
      names = "--min",
      showDefaultValue = NEVER,
      paramLabel = "TASK=POINTS",
      description =
          "Exit with 3 if the main score of a task is below a value in points of 100, such as STS13=82; may be repeated.")
  Map<String, Double> minimums = new LinkedHashMap<>();

  @Option(
      names = "--baseline",
      paramLabel = "DIR",
      description = "The output directory of an earlier evaluation of the tasks to compare with.")
  @Nullable String baseline;

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    TaskKind kind = type == null ? null : TaskKind.of(type);
    TaskRequest request = new TaskRequest(rules, "", kind, split, samplesPerLabel);
    try (Session session = Session.open(common, spec.commandLine().getErr())) {
      Settings settings = common.settings(session.spark());
      TaskBaseline before = baseline(session.spark().sessionState().newHadoopConf());
      Work work = new Work();
      List<TaskReport> reports = work.run(() -> evaluate(session.spark(), settings, request, work));
      TaskMeans means = TaskMeans.of(reports);
      print(reports, means, before == null ? List.of() : before.changes(reports));
      List<String> missed = means.missed(minimums);
      missed.forEach(one -> spec.commandLine().getErr().println("e5-spark: " + one));
      return missed.isEmpty() ? 0 : FALLS_SHORT;
    }
  }

  private @Nullable TaskBaseline baseline(Configuration configuration) {
    return baseline == null ? null : TaskBaseline.in(new DataFile(baseline, configuration));
  }

  private List<TaskReport> evaluate(
      SparkSession spark, Settings settings, TaskRequest request, Work work) {
    PrintedStages stages =
        new PrintedStages(spark.sparkContext(), spec.commandLine().getErr(), work);
    Configuration configuration = spark.sessionState().newHadoopConf();
    List<DataFile> folders =
        tasks.stream()
            .flatMap(task -> folders(new DataFile(task, configuration)).stream())
            .toList();
    requireApart(folders.stream().map(TaskEvaluator::name).toList());
    DataFile directory = new DataFile(output, configuration);
    directory.requireDirectory();
    TaskResults results = new TaskResults(directory);
    for (DataFile folder : folders) {
      for (String subset : subsets.isEmpty() ? List.of("") : subsets) {
        DataFile place = results.place(folder.name(), subsets.size() > 1 ? subset : "");
        results.add(
            folder.name(),
            place,
            new TaskEvaluator(spark, settings, request.ofSubset(subset), stages)
                .run(folder, place));
      }
    }
    return results.write();
  }

  /** Results and minimums are identified by the name of the task. */
  private void requireApart(List<String> names) {
    for (String name : names) {
      if (Collections.frequency(names, name) > 1) {
        throw new IllegalArgumentException(
            "Invalid task: %s (must be named only once)".formatted(name));
      }
    }
    for (String name : minimums.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "Invalid min: %s (must be one of %s)".formatted(name, String.join(", ", names)));
      }
    }
  }

  /** The folders with files of a task, or the folders in them. */
  private static List<DataFile> folders(DataFile given) {
    if (!given.exists() || TaskEvaluator.isTask(given)) {
      return List.of(given);
    }
    List<DataFile> inside =
        given.children().stream().map(given::in).filter(TaskEvaluator::isTask).toList();
    return inside.isEmpty() ? List.of(given) : inside;
  }

  /**
   * The output as JSON.
   *
   * @param tasks one report per task
   * @param changes the changes since the baseline; empty without one
   */
  record Report(List<TaskReport> tasks, TaskMeans means, List<TaskBaseline.Change> changes) {}

  private void print(List<TaskReport> reports, TaskMeans means, List<TaskBaseline.Change> changes) {
    PrintWriter out = spec.commandLine().getOut();
    if (common.json) {
      out.println(Json.of(new Report(reports, means, changes)));
      return;
    }
    reports.forEach(report -> out.println(line(report)));
    if (reports.size() > 1) {
      out.println(means.summary());
    }
    if (!changes.isEmpty()) {
      out.println(TaskBaseline.summary(changes));
    }
  }

  private static String line(TaskReport report) {
    String text =
        String.format(
            Locale.ROOT,
            "%-40s %-20s %-18s %7.2f",
            report.label(),
            report.type(),
            report.scores().mainName(),
            report.points());
    return "%s  %s".formatted(text, report.comparison()).stripTrailing();
  }
}
