package io.e5spark.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.ingest.EmbedJob;
import io.e5spark.ingest.EmbedReport;
import io.e5spark.ingest.EmbedRequest;
import io.e5spark.ingest.MergeOptions;
import io.e5spark.ingest.RunRecord;
import io.e5spark.report.Stopwatch;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorType;
import io.e5spark.table.WriteMode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Measures merges of one changed row each, from a Delta table with a change data feed, one after
 * the other in one process.
 */
public final class MergeBenchmark {
  private final SparkSession spark;
  private final Settings settings;
  private final TextSource texts;
  private final int limit;
  private final Path work;
  private final PrintWriter err;

  /**
   * Prepares a benchmark.
   *
   * @param texts the texts
   * @param limit how many of them
   * @param work a directory for the tables
   */
  public MergeBenchmark(
      SparkSession spark,
      Settings settings,
      TextSource texts,
      int limit,
      Path work,
      PrintWriter err) {
    this.spark = spark;
    this.settings = settings;
    this.texts = texts.resolved(spark);
    this.limit = limit;
    this.work = work;
    this.err = err;
  }

  /**
   * One merge.
   *
   * @param cpuSeconds of this process
   * @param seconds of wall time
   */
  record Round(double cpuSeconds, double seconds) {}

  /**
   * What was measured.
   *
   * @param rounds all merges after the one that made the table
   */
  public record Report(List<Round> rounds, Round median) {
    public String summary() {
      return String.format(
          Locale.ROOT,
          "%,d merges of one changed row: median %.2f CPU-seconds and %.2f seconds per merge; the first %.2f and %.2f",
          rounds.size(),
          median.cpuSeconds,
          median.seconds,
          rounds.get(0).cpuSeconds,
          rounds.get(0).seconds);
    }
  }

  public Report run(int rounds) {
    String source = "delta.`" + work.resolve("source") + "`";
    texts
        .read(spark)
        .select(col(TextSource.TEXT).as("text"))
        .na()
        .drop()
        .limit(limit)
        .withColumn("id", monotonically_increasing_id().cast("string"))
        .write()
        .format("delta")
        .option("delta.enableChangeDataFeed", "true")
        .save(work.resolve("source").toString());
    merge();
    List<Round> measured = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      spark.sql("UPDATE %s SET text = concat(text, ' more') WHERE id = '0'".formatted(source));
      Stopwatch stopwatch = new Stopwatch();
      merge();
      measured.add(new Round(stopwatch.cpuSeconds(), stopwatch.seconds()));
      err.printf(Locale.ROOT, "Merge %d of %d: %s%n", round, rounds, measured.get(round - 1));
    }
    return new Report(
        measured,
        new Round(
            Rounds.median(measured, Round::cpuSeconds), Rounds.median(measured, Round::seconds)));
  }

  private void merge() {
    EmbedRequest request = request();
    EmbedReport report =
        new RunRecord(spark, settings, request, err)
            .of(new EmbedJob(spark, settings, request, err)::run);
    if (report.rows().embedded() < 1) {
      throw new IllegalStateException("Cannot measure a merge: it embedded no text");
    }
  }

  private EmbedRequest request() {
    return new EmbedRequest(
        new TextSource(
            work.resolve("source").toString(),
            SourceFormat.AUTO,
            List.of("id"),
            List.of("text"),
            List.of()),
        work.resolve("vectors").toString(),
        InputType.PASSAGE,
        WriteMode.MERGE,
        "embedding",
        VectorType.FLOAT,
        false,
        false,
        0,
        0,
        null,
        null,
        new MergeOptions(1_000_000, 600, true, true),
        null,
        null);
  }
}
