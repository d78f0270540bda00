package io.e5spark.ingest;

import io.e5spark.cluster.Models;
import io.e5spark.config.ModelThread;
import io.e5spark.config.Settings;
import io.e5spark.embed.Counter;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.report.Progress;
import io.e5spark.report.TaskCounters;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.WriteMode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads texts, embeds them, writes a vector table. */
public final class EmbedJob {
  private final SparkSession spark;
  private final Settings settings;
  private final EmbedRequest request;
  private final PrintWriter err;
  private final EmbedderPlan plan;
  private final EmbeddedColumns columns;
  private final ErrorLimit errors;

  /**
   * Looks at the model.
   *
   * @throws IllegalArgumentException if it is none, or the request cannot be met with it
   */
  public EmbedJob(SparkSession spark, Settings settings, EmbedRequest request, PrintWriter err) {
    this.spark = spark;
    this.settings = settings;
    this.request = request;
    this.err = err;
    this.plan = Models.inspect(settings);
    this.columns = new EmbeddedColumns(settings, request, plan.model().dimension());
    this.errors = new ErrorLimit(request, columns);
    request.vectorType().require(plan.model().dimension(), settings.vectors().normalize());
  }

  /**
   * Runs the job.
   *
   * @param running is told now and then how far a job without an end has come
   * @throws IllegalArgumentException if source, model or table do not fit, before anything is
   *     embedded
   */
  public EmbedReport run(Consumer<EmbedReport> running) {
    long start = System.nanoTime();
    TextSource source = request.source().resolved(spark);
    Dataset<Row> texts = limited(source.read(spark));
    VectorTable table = new VectorTable(spark, request.output());
    VectorProperties properties = properties();
    columns.requireNew(texts);
    boolean merging = request.mode() == WriteMode.MERGE;
    Supplier<MergeJob> merges =
        () -> new MergeJob(settings, request, errors, table, properties, source);
    Dataset<Row> output =
        merging ? merges.get().output(texts) : columns.of(texts, source.idColumns());
    table.requireWritable(output.schema(), properties, request.mode());
    try (TaskCounters clock = TaskCounters.start(spark.sparkContext())) {
      Consumer<EmbedReport.Merge> soFar =
          merged -> running.accept(report(clock, table.version(), merged, seconds(start)));
      EmbedReport.Merge merged =
          merging ? merge(merges, table, properties, source, texts, clock, soFar) : null;
      if (!merging) {
        new WriteJob(settings, request, errors, table, properties, source, err).run(texts, clock);
      }
      clock.settle();
      warn(clock, table);
      return report(clock, table.version(), merged, seconds(start));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private EmbedReport.Merge merge(
      Supplier<MergeJob> merges,
      VectorTable table,
      VectorProperties properties,
      TextSource source,
      Dataset<Row> texts,
      TaskCounters clock,
      Consumer<EmbedReport.Merge> soFar) {
    StreamOptions stream = request.stream();
    if (stream != null) {
      return new StreamMerge(spark, request, stream, table, source, merges, soFar, err)
          .run(texts, clock);
    }
    SourceMerge merge = new SourceMerge(spark, request, table, properties, source, merges.get());
    List<Progress> progress = new ArrayList<>();
    try {
      return merge.run(texts, clock, rows -> progress.add(new Progress(err, clock, rows)));
    } finally {
      progress.forEach(Progress::close);
    }
  }

  private Dataset<Row> limited(Dataset<Row> texts) {
    return request.limit() > 0 ? texts.limit(request.limit()) : texts;
  }

  private VectorProperties properties() {
    return new VectorProperties(
        settings.loading().model(),
        plan.fingerprint(),
        plan.model().dimension(),
        request.inputType(),
        request.vectorColumn(),
        request.vectorType(),
        plan.recipe().properties());
  }

  private void warn(TaskCounters clock, VectorTable table) {
    long prefixed = clock.count(Counter.PREFIXED);
    if (prefixed > 0 && settings.vectors().prefix()) {
      err.printf(
          Locale.ROOT,
          "Warning: %,d texts begin with 'query: ' or 'passage: ' already; they now have two prefixes%n",
          prefixed);
    }
    table
        .forgottenLocation()
        .ifPresent(
            directory ->
                err.printf(
                    "Warning: the catalog is kept in memory and ends with this run; the files of table %s stay in %s%n",
                    request.output(), directory));
  }

  private EmbedReport report(
      TaskCounters clock, long version, EmbedReport.@Nullable Merge merged, double total) {
    long nulls = clock.count(Counter.NULLS);
    long failed = clock.count(Counter.FAILED);
    long embedded = clock.count(Counter.ROWS) - nulls - failed;
    long tokens = clock.count(Counter.TOKENS);
    double padding = clock.count(Counter.PADDING);
    double tokenizing = clock.count(Counter.TOKENIZING) / 1e9;
    double model = clock.count(Counter.MODEL) / 1e9;
    double waiting = clock.count(Counter.WAITING) / 1e9;
    return new EmbedReport(
        request.source().input(),
        request.output(),
        version,
        settings.loading().model(),
        plan.fingerprint(),
        plan.model().dimension(),
        device(clock),
        busyPercent(clock, model),
        request.inputType().label(),
        new EmbedReport.Rows(
            clock.count(Counter.ROWS),
            embedded,
            nulls,
            failed,
            clock.count(Counter.TRUNCATED),
            clock.count(Counter.DUPLICATES),
            clock.count(Counter.PREFIXED)),
        merged,
        tokens,
        tokens == 0 ? 0 : 100 * padding / (padding + tokens),
        new EmbedReport.Seconds(
            total,
            tokenizing,
            model,
            waiting,
            Math.max(0, clock.taskSeconds() - tokenizing - waiting)),
        embedded / total,
        tokens / total);
  }

  /** An executor has as many sessions as GPUs; on the CPU one. */
  private @Nullable Double busyPercent(TaskCounters clock, double model) {
    boolean onGpus = clock.count(Counter.GPU_WINDOWS) > 0;
    if ((!onGpus && settings.loading().deviceThread() != ModelThread.DEDICATED)
        || clock.executors() == 0) {
      return null;
    }
    String gpus = spark.sparkContext().getConf().get("spark.executor.resource.gpu.amount", "1");
    int sessions = clock.executors() * (onGpus ? Integer.parseInt(gpus) : 1);
    return 100 * model / (clock.embeddingSeconds() * sessions);
  }

  private static String device(TaskCounters clock) {
    List<String> devices = new ArrayList<>();
    if (clock.count(Counter.CPU_WINDOWS) > 0) {
      devices.add("cpu");
    }
    if (clock.count(Counter.GPU_WINDOWS) > 0) {
      devices.add("cuda");
    }
    return devices.isEmpty() ? "none" : String.join(" and ", devices);
  }
}
