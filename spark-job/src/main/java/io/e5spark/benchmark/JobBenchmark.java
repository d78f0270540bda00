package io.e5spark.benchmark;

import static org.apache.spark.sql.functions.col;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.ingest.EmbedJob;
import io.e5spark.ingest.EmbedReport;
import io.e5spark.ingest.EmbedRequest;
import io.e5spark.ingest.MergeOptions;
import io.e5spark.report.Stopwatch;
import io.e5spark.source.TextSource;
import io.e5spark.sql.E5Functions;
import io.e5spark.table.VectorType;
import io.e5spark.table.WriteMode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Measures the whole job against the ceiling of the machine, in one process and in turn, so that
 * both run under the same conditions.
 */
public final class JobBenchmark {
  private final SparkSession spark;
  private final Settings settings;
  private final EmbedRequest request;
  private final PrintWriter err;
  private final boolean withSql;

  /**
   * Prepares a benchmark.
   *
   * @param source the texts
   * @param limit the number of texts
   * @param withSql whether a query with {@code e5_embed} is a third run of each round
   * @param work a directory for the table that the job writes
   */
  public JobBenchmark(
      SparkSession spark,
      Settings settings,
      TextSource source,
      int limit,
      boolean withSql,
      Path work,
      PrintWriter err) {
    this.withSql = withSql;
    this.spark = spark;
    this.settings = settings;
    this.err = err;
    this.request =
        new EmbedRequest(
            source,
            work.resolve("vectors").toString(),
            InputType.PASSAGE,
            WriteMode.OVERWRITE,
            "embedding",
            VectorType.FLOAT,
            false,
            false,
            limit,
            0,
            null,
            null,
            MergeOptions.USUAL,
            null,
            null);
  }

  public BenchmarkReport run(int rounds) throws InterruptedException, ExecutionException {
    List<String> texts = texts();
    int threads = spark.sparkContext().defaultParallelism();
    EmbedderPlan plan = Models.inspect(settings);
    try (E5Embedder embedder = Models.lease(plan)) {
      BareLoop ceiling = new BareLoop(embedder, texts, request.inputType());
      List<BenchmarkReport.Round> measured = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        measured.add(round(ceiling, threads));
        err.printf(Locale.ROOT, "Round %d of %d: %s%n", round, rounds, measured.get(round - 1));
      }
      return BenchmarkReport.of(
          settings.loading().model(), threads, texts.size(), ceiling.tokens(), measured);
    }
  }

  private List<String> texts() {
    return request
        .source()
        .read(spark)
        .select(TextSource.TEXT)
        .na()
        .drop()
        .limit(request.limit())
        .as(Encoders.STRING())
        .collectAsList();
  }

  private BenchmarkReport.Round round(BareLoop ceiling, int threads)
      throws InterruptedException, ExecutionException {
    Stopwatch bare = new Stopwatch();
    ceiling.run(threads);
    double bareCpu = bare.cpuSeconds();
    double bareWall = bare.seconds();
    Stopwatch whole = new Stopwatch();
    EmbedReport report = new EmbedJob(spark, settings, request, err).run(running -> {});
    double jobCpu = whole.cpuSeconds();
    double jobWall = whole.seconds();
    double perCpu = ceiling.tokens() / bareCpu;
    double jobPerCpu = report.tokens() / jobCpu;
    return new BenchmarkReport.Round(
        perCpu,
        ceiling.tokens() / bareWall,
        jobPerCpu,
        report.tokens() / jobWall,
        jobPerCpu / perCpu,
        ceiling.paddingPercent(),
        report.paddingPercent(),
        100 * report.seconds().tokenizing() / jobCpu,
        withSql ? sql(report.tokens(), jobPerCpu) : null);
  }

  /** {@code SELECT e5_embed(text, 'passage')} over the same texts, whose rows are dropped. */
  private BenchmarkReport.Sql sql(long tokens, double jobPerCpu) {
    Dataset<Row> texts =
        request
            .source()
            .read(spark)
            .limit(request.limit())
            .repartition(spark.sparkContext().defaultParallelism());
    Stopwatch query = new Stopwatch();
    texts
        .select(E5Functions.embed(col(TextSource.TEXT), InputType.PASSAGE, settings))
        .write()
        .format("noop")
        .mode(SaveMode.Overwrite)
        .save();
    double perCpu = tokens / query.cpuSeconds();
    return new BenchmarkReport.Sql(perCpu, tokens / query.seconds(), jobPerCpu / perCpu);
  }
}
