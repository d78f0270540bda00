package io.e5spark.job;

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

/** An evaluation whose means must be reached before anything else is done. */
final class QualityGate {
  private static final int DEPTH = 1_000;

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "DIR",
      description = "The folder on which the new model is evaluated first, as evaluate takes it.")
  String dataset = "";

  @Option(
      names = "--results",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the evaluation's vectors, run, metrics and report.")
  String results = "";

  @Option(
      names = "--min",
      required = true,
      paramLabel = "METRIC=VALUE",
      description =
          "Migrate only if the mean is not below this value, for example ndcg@10=0.30; exit with 3 otherwise. May be repeated.")
  Map<String, Double> minimums = new LinkedHashMap<>();

  @Option(names = "--split", description = "The judgements to use: qrels/SPLIT.tsv.")
  String split = "test";

  /**
   * Checks what can be checked before anything runs.
   *
   * @throws IllegalArgumentException if a minimum is of no metric
   */
  List<Minimum> wanted() {
    return Minimum.all(minimums, Metrics.all(Metrics.CUTOFFS));
  }

  /**
   * Evaluates, says what falls short, and whether nothing does.
   *
   * @param command as it was typed, for the report
   */
  boolean holds(
      SparkSession spark, Settings settings, VectorType type, String command, PrintWriter err) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    BeirGroup group = BeirGroup.in(new DataFile(dataset, configuration));
    DataFile place = new DataFile(results, configuration);
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
