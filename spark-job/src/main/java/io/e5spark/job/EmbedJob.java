package io.e5spark.job;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.Counter;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.sql.DatasetEmbedder;
import io.e5spark.sql.SparkCounters;
import io.e5spark.table.TextSource;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads texts, embeds them, writes a vector table. */
final class EmbedJob {
  /** Partitions a core: enough to even out slow ones, few enough for windows to fill. */
  private static final int MAX_PARTITIONS_A_CORE = 16;

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
    EmbedderPlan plan = DatasetEmbedder.plan(settings);
    VectorTable table = new VectorTable(spark, request.output());
    VectorProperties properties = properties(plan);
    table.requireWritable(outputSchema(texts), properties, request.mode());

    SparkCounters counters = new SparkCounters(spark.sparkContext());
    try (TaskClock clock = TaskClock.start(spark.sparkContext(), counters)) {
      write(texts, plan, table, properties, source, clock);
      clock.settle();
      warn(counters, table);
      double seconds = (System.nanoTime() - start) / 1e9;
      return report(plan, counters, clock.taskSeconds(), table.version(), seconds);
    }
  }

  private void write(
      Dataset<Row> texts,
      EmbedderPlan plan,
      VectorTable table,
      VectorProperties properties,
      TextSource source,
      TaskClock clock) {
    long rows = texts.count();
    Progress progress = new Progress(err, clock, rows);
    try {
      Dataset<Row> vectors =
          new DatasetEmbedder(plan, request.inputType())
              .embed(
                  spread(texts, rows), TextSource.TEXT, request.vectorColumn(), clock.counters());
      table.write(output(vectors), properties, source, request.mode());
    } finally {
      progress.close();
    }
  }

  private Dataset<Row> limited(Dataset<Row> texts) {
    return request.limit() > 0 ? texts.limit(request.limit()) : texts;
  }

  /**
   * Evenly over enough partitions that every core has work, and no more than windows to fill them.
   */
  private Dataset<Row> spread(Dataset<Row> texts, long rows) {
    if (request.partitions() > 0) {
      return texts.repartition(request.partitions());
    }
    long cores = spark.sparkContext().defaultParallelism();
    long windows = rows / settings.windowRows();
    long partitions = Math.max(cores, Math.min(windows, cores * MAX_PARTITIONS_A_CORE));
    return texts.repartition(Math.toIntExact(Math.max(1, Math.min(partitions, rows))));
  }

  private Dataset<Row> output(Dataset<Row> vectors) {
    List<String> dropped = new ArrayList<>(List.of(TextSource.TEXT));
    StructType added = DatasetEmbedder.columns(request.vectorColumn());
    if (!request.details()) {
      List<String> details = List.of(added.fieldNames()).subList(1, added.length());
      dropped.addAll(details);
      if (settings.onError() == OnError.NULL) {
        dropped.remove(request.vectorColumn() + "_error");
      }
    }
    return vectors.drop(dropped.toArray(String[]::new));
  }

  private StructType outputSchema(Dataset<Row> texts) {
    StructType schema = texts.schema();
    StructType added = DatasetEmbedder.columns(request.vectorColumn());
    for (var field : added.fields()) {
      if (schema.getFieldIndex(field.name()).isDefined()) {
        throw new IllegalArgumentException(
            "Cannot add column %s: the source has one of that name (choose another --vector-column)"
                .formatted(field.name()));
      }
      schema = schema.add(field);
    }
    return output(spark.createDataFrame(List.of(), schema)).schema();
  }

  private VectorProperties properties(EmbedderPlan plan) {
    return new VectorProperties(
        settings.model(),
        plan.fingerprint(),
        plan.model().dimension(),
        request.inputType(),
        request.vectorColumn());
  }

  private void warn(SparkCounters counters, VectorTable table) {
    long prefixed = counters.value(Counter.PREFIXED);
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
                    "Warning: the catalog of this session ends with it; the files of table %s stay in %s%n",
                    request.output(), directory));
  }

  private EmbedReport report(
      EmbedderPlan plan, SparkCounters counters, double taskSeconds, long version, double total) {
    long nulls = counters.value(Counter.NULLS);
    long failed = counters.value(Counter.FAILED);
    long embedded = counters.value(Counter.ROWS) - nulls - failed;
    long tokens = counters.value(Counter.TOKENS);
    double padding = counters.value(Counter.PADDING);
    double tokenizing = counters.value(Counter.TOKENIZING) / 1e9;
    double model = counters.value(Counter.MODEL) / 1e9;
    return new EmbedReport(
        request.source().input(),
        request.output(),
        version,
        settings.model(),
        plan.fingerprint(),
        plan.model().dimension(),
        device(counters),
        request.inputType().label(),
        new EmbedReport.Rows(
            counters.value(Counter.ROWS),
            embedded,
            nulls,
            failed,
            counters.value(Counter.TRUNCATED),
            counters.value(Counter.DUPLICATES),
            counters.value(Counter.PREFIXED)),
        tokens,
        tokens == 0 ? 0 : 100 * padding / (padding + tokens),
        new EmbedReport.Seconds(
            total, tokenizing, model, Math.max(0, taskSeconds - tokenizing - model)),
        embedded / total,
        tokens / total);
  }

  private static String device(SparkCounters counters) {
    List<String> devices = new ArrayList<>();
    if (counters.value(Counter.CPU_WINDOWS) > 0) {
      devices.add("cpu");
    }
    if (counters.value(Counter.GPU_WINDOWS) > 0) {
      devices.add("cuda");
    }
    return devices.isEmpty() ? "none" : String.join(" and ", devices);
  }
}
