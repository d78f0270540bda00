package io.e5spark.job;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.config.Settings;
import io.e5spark.eval.BeirGroup;
import io.e5spark.eval.EvaluationRequest;
import io.e5spark.eval.Minimum;
import io.e5spark.metric.Metrics;
import io.e5spark.platform.DataFile;
import io.e5spark.table.VectorType;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** An evaluation whose means must reach their minimums before anything else happens. */
final class QualityGate {
  private static final int DEPTH = 1_000;

  @Option(
      names = "--dataset",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "DIR",
      description = "The folder on which to evaluate the new model first, as for evaluate.")
  String dataset = "";

  @Option(
      names = "--results",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "DIR",
      description =
          "The directory for the vectors, the run, the metrics and the report of the evaluation.")
  String results = "";

  @Option(
      names = "--min",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "METRIC=VALUE",
      description =
          "Migrate only if a mean reaches a value, such as ndcg@10=0.30; exit with 3 otherwise. May be repeated.")
  Map<String, Double> minimums = new LinkedHashMap<>();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "The split to evaluate, whose qrels are in qrels/SPLIT.tsv.")
  String split = "test";

  /**
   * Checks what can be checked before anything runs.
   *
   * @throws IllegalArgumentException if a minimum names no metric
   */
  List<Minimum> wanted() {
    return Minimum.all(minimums, Metrics.all(Metrics.CUTOFFS));
  }

  /**
   * Evaluates, prints the means below their minimums, and returns whether there are none.
   *
   * @param command the command as it was typed, for the report
   */
  boolean holds(
      SparkSession spark, Settings settings, VectorType type, String command, PrintWriter err) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    BeirGroup group = BeirGroup.in(new DataFile(dataset, configuration));
    DataFile place = new DataFile(results, configuration);
    place.requireDirectory();
    EvaluationRequest request =
        new EvaluationRequest(
            split, Optional.empty(), type, DEPTH, false, Metrics.CUTOFFS, 0, null);
    GroupEvaluation evaluation = new GroupEvaluation(spark, settings, request, command, err);
    Map<String, Double> means = BeirGroup.means(evaluation.run(group, place));
    List<Minimum> missed = wanted().stream().filter(one -> one.isMissed(means)).toList();
    missed.forEach(one -> err.println("e5-spark: " + one.message(means)));
    return missed.isEmpty();
  }
}
