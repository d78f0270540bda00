package io.e5spark.ingest;

import io.e5spark.chunked.ChunkRows;
import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.Counter;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.platform.Count;
import io.e5spark.report.TaskCounters;
import io.e5spark.report.Work;
import io.e5spark.table.OutputCheck;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.WriteMode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads texts, embeds them, and writes a vector table. */
public final class EmbedJob {
  /** One truncated text among so many causes a warning. */
  private static final long MANY = 20;

  private final SparkSession spark;
  private final Settings settings;
  private final EmbedRequest request;
  private final PrintWriter err;
  private final EmbedderPlan plan;
  private final EmbeddedColumns columns;
  private final ErrorLimit errors;

  /**
   * Inspects the model.
   *
   * @throws IllegalArgumentException if the model cannot be loaded, or does not fit the request
   */
  public EmbedJob(SparkSession spark, Settings settings, EmbedRequest request, PrintWriter err) {
    this.spark = spark;
    this.request = request;
    this.err = err;
    this.plan = Models.inspect(settings);
    this.settings = plan.settings();
    this.columns = new EmbeddedColumns(this.settings, request, plan.model().dimension());
    this.errors = new ErrorLimit(request, columns);
    request.vectorType().require(plan.model().dimension(), settings.vectors().normalize());
    if (request.chunks() != null) {
      request.chunks().chunking().requireWithin(this.settings.vectors().maxTokens());
    }
  }

  /** The settings, completed by the model. */
  public Settings settings() {
    return settings;
  }

  /**
   * Checks all that {@link #run} checks before it embeds anything; the warnings are left to the
   * run.
   *
   * @throws IllegalArgumentException if the source, the model or the table do not fit
   */
  public void require() {
    try (TaskCounters counters = TaskCounters.start(spark.sparkContext())) {
      IngestContext context = context(counters, new Work());
      Dataset<Row> texts = checked(context, warning -> {});
      if (request.mode() != WriteMode.MERGE) {
        new WriteJob(context).require(context.parts(texts));
      }
    }
  }

  /**
   * Runs the job.
   *
   * @param running receives a report from time to time while a stream runs
   * @throws IllegalArgumentException if the source, the model or the table do not fit, before
   *     anything is embedded
   */
  public EmbedReport run(Consumer<EmbedReport> running) {
    Work work = new Work();
    return work.run(() -> run(running, work));
  }

  private EmbedReport run(Consumer<EmbedReport> running, Work work) {
    long start = System.nanoTime();
    try (TaskCounters counters = TaskCounters.start(spark.sparkContext())) {
      IngestContext context = context(counters, work);
      Dataset<Row> texts = checked(context, err::println);
      CountedReport report = new CountedReport(context, start);
      EmbedReport.Merge merged = embed(context, texts, soFar -> running.accept(report.with(soFar)));
      counters.settle();
      warn(context);
      return report.with(merged);
    }
  }

  /** The texts, once it is known that the table takes their vectors. */
  private Dataset<Row> checked(IngestContext context, Consumer<String> warnings) {
    Dataset<Row> texts = limited(context.source().read(spark));
    Dataset<Row> parts = parts(context, texts);
    new OutputCheck(spark, request.output(), request.mode(), warnings)
        .require(texts, context.output(parts).schema(), context.properties());
    return texts;
  }

  private Dataset<Row> parts(IngestContext context, Dataset<Row> texts) {
    if (request.chunks() != null) {
      ChunkRows.requireNew(texts);
    }
    Dataset<Row> parts = context.parts(texts);
    columns.requireNew(parts);
    return parts;
  }

  private IngestContext context(TaskCounters counters, Work work) {
    return new IngestContext(
        spark,
        settings,
        request,
        new VectorTable(spark, request.output()),
        properties(),
        request.source().resolved(spark),
        columns,
        errors,
        counters,
        work,
        err);
  }

  private static EmbedReport.@Nullable Merge embed(
      IngestContext context, Dataset<Row> texts, Consumer<EmbedReport.Merge> soFar) {
    if (context.request().mode() != WriteMode.MERGE) {
      new WriteJob(context).run(context.parts(texts));
      return null;
    }
    StreamOptions stream = context.request().stream();
    return stream == null
        ? new SourceMerge(context).run(texts)
        : new StreamMerge(context, stream, soFar).run(texts);
  }

  private Dataset<Row> limited(Dataset<Row> texts) {
    return request.limit() > 0 ? texts.limit(request.limit()) : texts;
  }

  private VectorProperties properties() {
    return VectorProperties.of(
            Models.lastingName(settings),
            plan.recipe(),
            request.inputType(),
            request.vectorColumn(),
            request.vectorType())
        .with(request.chunks());
  }

  /** A few truncated texts are normal and cause no warning. */
  private void warnOfTruncated(IngestContext context) {
    long truncated = context.counters().count(Counter.TRUNCATED);
    long texts = context.counters().count(Counter.TEXTS);
    if (truncated > 0 && truncated * MANY >= texts) {
      err.printf(
          Locale.ROOT,
          "Warning: %,d of %s exceeded %d tokens; their vectors leave out what follows (--truncate window embeds whole texts)%n",
          truncated,
          Count.of(texts, "text"),
          settings.vectors().maxTokens());
    }
  }

  private void warnOfQueries(IngestContext context) {
    long texts = context.counters().count(Counter.TEXTS);
    if (request.inputType() == InputType.QUERY && texts > 0) {
      err.printf(
          Locale.ROOT,
          "Warning: this job embedded %s with the prompt for queries; texts to be searched need --input-type passage%n",
          Count.of(texts, "text"));
    }
  }

  private void warnOfPrefixed(IngestContext context) {
    long prefixed = context.counters().count(Counter.PREFIXED);
    if (prefixed > 0) {
      err.printf(
          Locale.ROOT,
          "Warning: %s already began with %s, so the model saw two prompts there%n",
          Count.of(prefixed, "text"),
          plan.recipe().prompts().listed());
    }
  }

  private void warn(IngestContext context) {
    warnOfPrefixed(context);
    warnOfTruncated(context);
    warnOfQueries(context);
    context
        .table()
        .forgottenLocation()
        .ifPresent(
            directory ->
                err.printf(
                    "Warning: the catalog is in memory and ends with this command; the files of table %s stay in %s%n",
                    request.output(), directory));
  }
}
