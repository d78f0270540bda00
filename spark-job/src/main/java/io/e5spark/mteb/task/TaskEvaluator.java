package io.e5spark.mteb.task;

import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.eval.EmbeddedTexts;
import io.e5spark.mteb.folder.CandidateRows;
import io.e5spark.mteb.folder.KnownTask;
import io.e5spark.mteb.folder.Published;
import io.e5spark.mteb.folder.TaskFiles;
import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.folder.TaskParameters;
import io.e5spark.mteb.folder.TaskRows;
import io.e5spark.mteb.folder.UsualColumns;
import io.e5spark.mteb.input.EmbeddedRows;
import io.e5spark.mteb.input.Revision;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Stages;
import io.e5spark.report.Stopwatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Evaluates a model on the folders of tasks. */
public final class TaskEvaluator {
  private static final List<String> SPLITS = List.of("test", "validation", "dev", "train");

  private final SparkSession spark;
  private final Settings settings;
  private final TaskRequest request;
  private final Stages stages;

  /**
   * An evaluation with these settings, except for the norm and the prompts, which the rules decide.
   */
  public TaskEvaluator(SparkSession spark, Settings settings, TaskRequest request, Stages stages) {
    this.spark = spark;
    this.settings = settings;
    this.request = request;
    this.stages = stages;
  }

  /**
   * Evaluates a folder.
   *
   * @param output the directory for its vectors
   * @throws IllegalArgumentException if the folder cannot be evaluated
   */
  public TaskReport run(DataFile folder, DataFile output) {
    Stopwatch time = new Stopwatch();
    try {
      if (!folder.exists()) {
        throw new IllegalArgumentException("there is no folder " + folder.wholePath());
      }
      Optional<KnownTask> known = KnownTask.named(folder.name());
      TaskParameters parameters =
          request.changed(known.map(KnownTask::parameters).orElse(TaskParameters.USUAL));
      String subset = subset(folder, parameters.split());
      TaskFiles files = new TaskFiles(folder, subset);
      TaskKind kind = kind(known, files, parameters.split());
      EmbedderPlan plan = plan(kind);
      TaskScores scores = type(kind).run(input(files, parameters, plan, output));
      String revision = revision(kind, files, parameters.split());
      return report(name(folder), subset, kind, parameters, plan, scores, revision, time.seconds());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot evaluate %s: %s".formatted(folder.location(), e.getMessage()), e);
    }
  }

  private String revision(TaskKind kind, TaskFiles files, String split) {
    List<DataFile> read = new ArrayList<>();
    switch (kind) {
      case CANDIDATE_RERANKING ->
          read.addAll(new CandidateRows(new TaskRows(spark), files, split).files());
      case CLASSIFICATION -> {
        read.addAll(files.of(ClassificationTask.TRAIN));
        read.addAll(files.of(split));
      }
      default -> read.addAll(files.of(split));
    }
    return Revision.of(read);
  }

  /**
   * The name that MTEB gives to the task of a folder, or that of the folder if MTEB has no such
   * task.
   */
  public static String name(DataFile folder) {
    return KnownTask.named(folder.name()).map(KnownTask::name).orElse(folder.name());
  }

  /** Whether a folder has the files of a task, of any split or subset. */
  public static boolean isTask(DataFile folder) {
    TaskFiles files = new TaskFiles(folder, "");
    return SPLITS.stream()
            .anyMatch(split -> !files.of(split).isEmpty() || !files.subsets(split).isEmpty())
        || !files.ofPart("top_ranked", "test").isEmpty();
  }

  private String subset(DataFile folder, String split) {
    TaskFiles top = new TaskFiles(folder, "");
    boolean parts = new CandidateRows(new TaskRows(spark), top, split).exist();
    if (!request.subset().isEmpty() || parts || !top.of(split).isEmpty()) {
      return request.subset();
    }
    List<String> subsets = top.subsets(split);
    if (subsets.size() != 1) {
      throw new IllegalArgumentException(
          subsets.isEmpty()
              ? "it has no files of the split " + split
              : "it has the subsets %s (choose with --subset)".formatted(subsets));
    }
    return subsets.get(0);
  }

  private TaskKind kind(Optional<KnownTask> known, TaskFiles files, String split) {
    if (request.kind() != null) {
      return request.kind();
    }
    if (new CandidateRows(new TaskRows(spark), files, split).exist()) {
      return TaskKind.CANDIDATE_RERANKING;
    }
    return known
        .map(KnownTask::kind)
        .orElseGet(
            () -> TaskKind.of(UsualColumns.of(new TaskRows(spark).read(files.of(split))).schema()));
  }

  private EmbedderPlan plan(TaskKind kind) {
    return Models.inspect(settings(kind));
  }

  private Settings settings(TaskKind kind) {
    Map<String, String> values = settings.byKey();
    values.put("normalize", Boolean.toString(request.rules().normalize()));
    values.put("prefix", Boolean.toString(request.rules().prompts(kind)));
    return Settings.read(values);
  }

  private TaskInput input(
      TaskFiles files, TaskParameters parameters, EmbedderPlan plan, DataFile output) {
    EmbeddedTexts embedded = new EmbeddedTexts(spark, plan.settings(), plan, stages);
    return new TaskInput(
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        new TaskRows(spark),
        files,
        new EmbeddedRows(embedded, output.in("vectors")),
        parameters,
        request.rules());
  }

  private static TaskType type(TaskKind kind) {
    return switch (kind) {
      case STS -> new StsTask();
      case PAIR_CLASSIFICATION -> new PairTask();
      case RERANKING, CANDIDATE_RERANKING -> new RerankingTask(kind);
      case SUMMARIZATION -> new SummarizationTask();
      case CLUSTERING -> new ClusteringTask();
      case BOOTSTRAPPED_CLUSTERING -> new BootstrappedClusteringTask();
      case CLASSIFICATION -> new ClassificationTask();
      case BITEXT_MINING -> new BitextTask();
    };
  }

  private TaskReport report(
      String name,
      String subset,
      TaskKind kind,
      TaskParameters parameters,
      EmbedderPlan plan,
      TaskScores scores,
      String revision,
      double seconds) {
    String model = settings.loading().model();
    return new TaskReport(
        name,
        kind.type(),
        subset,
        parameters.split(),
        model,
        plan.fingerprint(),
        request.rules().toString(),
        request.rules().normalize(),
        scores,
        seconds,
        revision,
        Published.of(request.rules().toString(), model, name, kind.type()).orElse(null));
  }
}
