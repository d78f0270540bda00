package io.e5spark.job;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.eval.Qrels;
import io.e5spark.eval.TrecRun;
import io.e5spark.eval.report.MeansTable;
import io.e5spark.metric.Evaluation;
import io.e5spark.metric.Judgements;
import io.e5spark.metric.Metrics;
import io.e5spark.metric.ScoredDocument;
import io.e5spark.platform.Count;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Json;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "metrics",
    description = "Prints the metrics of a TREC run, as trec_eval 9 and BEIR compute them.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class MetricsCommand implements Callable<Integer> {
  private static final int SHOWN_WARNINGS = 5;

  @Option(
      names = "--run",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "FILE",
      description = "The TREC run.")
  String run = "";

  @Option(
      names = "--qrels",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "FILE",
      description = "The qrels, in the format of trec_eval or BEIR.")
  String qrels = "";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The file for the metrics as JSON, including those of each query.")
  @Nullable String output;

  @Option(
      names = "--ignore-identical-ids",
      description = "Leave out a document that has the id of the query, as BEIR does.")
  boolean ignoreIdenticalIds;

  @Option(
      names = "--complete",
      description = "Count a judged query that is not in the run as 0, as trec_eval -c does.")
  boolean complete;

  @Option(names = "--json", description = "Print the means as one JSON document.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  /**
   * The numbers of queries.
   *
   * @param evaluated the queries that are both judged and in the run
   */
  record Queries(int judged, int inRun, int evaluated) {}

  /**
   * The printed report.
   *
   * @param metrics the means by label
   */
  record Report(String run, String qrels, Queries queries, Map<String, Double> metrics) {}

  /** The written report: the same, and the metrics of each query. */
  record Details(Report report, Map<String, Map<String, Double>> perQuery) {}

  @Override
  public Integer call() {
    Configuration configuration = new Configuration();
    DataFile runFile = new DataFile(run, configuration);
    DataFile qrelsFile = new DataFile(qrels, configuration);
    if (output != null) {
      new DataFile(output, configuration).requireFile(runFile, qrelsFile);
    }
    TrecRun found = TrecRun.read(runFile);
    Qrels read = Qrels.read(qrelsFile);
    warn(found.warnings());
    warn(read.warnings());
    Judgements judgements = read.judgements();
    requireJudged(found.byQuery().keySet(), judgements);
    Evaluation evaluation = new Evaluation(judgements, Metrics.all());
    found.byQuery().forEach((query, documents) -> evaluation.add(query, kept(query, documents)));
    if (complete) {
      judgements.byQuery().keySet().stream()
          .filter(query -> !found.byQuery().containsKey(query))
          .forEach(query -> evaluation.add(query, List.of()));
    }
    Queries queries =
        new Queries(judgements.byQuery().size(), found.byQuery().size(), evaluation.evaluated());
    Report report = new Report(run, qrels, queries, evaluation.means());
    if (output != null) {
      new DataFile(output, configuration)
          .write(Json.of(new Details(report, evaluation.perQuery())));
    }
    spec.commandLine().getOut().println(json ? Json.of(report) : summary(report));
    return 0;
  }

  /** A run of other queries would have metrics of 0. */
  private void requireJudged(Set<String> queries, Judgements judgements) {
    Set<String> judged = judgements.byQuery().keySet();
    if (Collections.disjoint(queries, judged)) {
      throw new IllegalArgumentException(
          "Cannot compute metrics: none of the queries of run %s is judged in %s (for example, the run has %s and the judgements have %s)"
              .formatted(run, qrels, queries.iterator().next(), judged.iterator().next()));
    }
  }

  private List<ScoredDocument> kept(String query, List<ScoredDocument> documents) {
    return ignoreIdenticalIds
        ? documents.stream().filter(one -> !one.document().equals(query)).toList()
        : documents;
  }

  private static String summary(Report report) {
    return String.format(
        Locale.ROOT,
        "%s%n%s judged, %,d in the run, %,d in both",
        MeansTable.of(report.metrics()),
        Count.of(report.queries().judged(), "query"),
        report.queries().inRun(),
        report.queries().evaluated());
  }

  private void warn(List<String> warnings) {
    PrintWriter err = spec.commandLine().getErr();
    warnings.stream().limit(SHOWN_WARNINGS).forEach(one -> err.println("Warning: " + one));
    if (warnings.size() > SHOWN_WARNINGS) {
      err.printf(
          "Warning: not showing %s%n",
          Count.of(warnings.size() - SHOWN_WARNINGS, "further warning"));
    }
  }
}
