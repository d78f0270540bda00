package io.e5spark.job;

import static org.apache.spark.sql.functions.col;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.Counter;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.sql.E5Functions;
import io.e5spark.sql.Models;
import io.e5spark.table.EvenPartitions;
import io.e5spark.table.TextSource;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads texts, embeds them, writes a vector table. */
final class EmbedJob {
  private final SparkSession spark;
  private final Settings settings;
  private final EmbedRequest request;
  private final PrintWriter err;

  EmbedJob(SparkSession spark, Settings settings, EmbedRequest request, PrintWriter err) {
    this.spark = spark;
    this.settings = settings;
    this.request = request;
    this.err = err;
  }

  /**
   * Runs the job.
   *
   * @throws IllegalArgumentException if source, model or table do not fit, before anything is
   *     embedded
   */
  EmbedReport run() {
    long start = System.nanoTime();
    TextSource source = request.source().resolved(spark);
    Dataset<Row> texts = limited(source.read(spark));
    EmbedderPlan plan = Models.inspect(settings);
    VectorTable table = new VectorTable(spark, request.output());
    VectorProperties properties = properties(plan);
    requireNewColumns(texts);
    table.requireWritable(output(texts).schema(), properties, request.mode());
    try (TaskClock clock = TaskClock.start(spark.sparkContext())) {
      write(texts, table, properties, source, clock);
      clock.settle();
      warn(clock, table);
      return report(plan, clock, table.version(), (System.nanoTime() - start) / 1e9);
    }
  }

  private void write(
      Dataset<Row> texts,
      VectorTable table,
      VectorProperties properties,
      TextSource source,
      TaskClock clock) {
    long rows = texts.count();
    Progress progress = new Progress(err, clock, rows);
    try {
      table.write(output(spread(texts, rows)), properties, source, request.mode());
    } finally {
      progress.close();
    }
  }

  private Dataset<Row> limited(Dataset<Row> texts) {
    return request.limit() > 0 ? texts.limit(request.limit()) : texts;
  }

  private Dataset<Row> spread(Dataset<Row> texts, long rows) {
    return request.partitions() > 0
        ? texts.repartition(request.partitions())
        : EvenPartitions.of(texts, rows, settings.windowRows());
  }

  /** The source's columns with those of {@link #added}, through the SQL functions. */
  private Dataset<Row> output(Dataset<Row> texts) {
    Column text = col(TextSource.TEXT);
    if (!isDetailed()) {
      return texts
          .withColumn(request.vectorColumn(), E5Functions.embed(text, request.inputType()))
          .drop(TextSource.TEXT);
    }
    Dataset<Row> outcomes =
        texts.withColumn(TextSource.TEXT, E5Functions.tryEmbed(text, request.inputType()));
    for (Map.Entry<String, String> column : added().entrySet()) {
      outcomes = outcomes.withColumn(column.getKey(), text.getField(column.getValue()));
    }
    return outcomes.drop(TextSource.TEXT);
  }

  private boolean isDetailed() {
    return request.details() || settings.onError() == OnError.NULL;
  }

  /** The columns that the job adds, with the field of {@code try_e5_embed} that each is. */
  private Map<String, String> added() {
    Map<String, String> added = new LinkedHashMap<>();
    added.put(request.vectorColumn(), "embedding");
    if (request.details()) {
      added.put(request.vectorColumn() + "_tokens", "tokens");
      added.put(request.vectorColumn() + "_truncated", "truncated");
    }
    if (isDetailed()) {
      added.put(request.vectorColumn() + "_error", "error");
    }
    return added;
  }

  private void requireNewColumns(Dataset<Row> texts) {
    for (String name : added().keySet()) {
      if (Arrays.stream(texts.columns()).anyMatch(name::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "Cannot add column %s: the source has one of that name (choose another --vector-column)"
                .formatted(name));
      }
    }
  }

  private VectorProperties properties(EmbedderPlan plan) {
    return new VectorProperties(
        settings.model(),
        plan.fingerprint(),
        plan.model().dimension(),
        request.inputType(),
        request.vectorColumn());
  }

  private void warn(TaskClock clock, VectorTable table) {
    long prefixed = clock.count(Counter.PREFIXED);
    if (prefixed > 0 && settings.prefix()) {
      err.printf(
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

  private EmbedReport report(EmbedderPlan plan, TaskClock clock, long version, double total) {
    long nulls = clock.count(Counter.NULLS);
    long failed = clock.count(Counter.FAILED);
    long embedded = clock.count(Counter.ROWS) - nulls - failed;
    long tokens = clock.count(Counter.TOKENS);
    double padding = clock.count(Counter.PADDING);
    double tokenizing = clock.count(Counter.TOKENIZING) / 1e9;
    double model = clock.count(Counter.MODEL) / 1e9;
    return new EmbedReport(
        request.source().input(),
        request.output(),
        version,
        settings.model(),
        plan.fingerprint(),
        plan.model().dimension(),
        device(clock),
        request.inputType().label(),
        new EmbedReport.Rows(
            clock.count(Counter.ROWS),
            embedded,
            nulls,
            failed,
            clock.count(Counter.TRUNCATED),
            clock.count(Counter.DUPLICATES),
            clock.count(Counter.PREFIXED)),
        tokens,
        tokens == 0 ? 0 : 100 * padding / (padding + tokens),
        new EmbedReport.Seconds(
            total, tokenizing, model, Math.max(0, clock.taskSeconds() - tokenizing - model)),
        embedded / total,
        tokens / total);
  }

  private static String device(TaskClock clock) {
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
