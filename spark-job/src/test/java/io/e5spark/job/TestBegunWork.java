package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests merges that fail after they have begun. */
class TestBegunWork {
  /** At a high cost per file, a separate task reads each file of the change data feed. */
  private static final String OPEN_COST = "spark.sql.files.openCostInBytes";

  private final SparkSession spark = Cli.spark();
  @TempDir Path directory;
  private String output;

  @BeforeEach
  void names() {
    output = directory.resolve("vectors").toString();
  }

  private Cli.Result merge(String input, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("embed", "--input", input, "--output", output, "--mode", "merge", "--json"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private List<Row> runs() {
    return spark.read().format("delta").load(output + "_runs").orderBy("started").collectAsList();
  }

  private long rows() {
    return spark.read().format("delta").load(output).count();
  }

  @Test
  void aSourceThatDoublesItsKeysBetweenSlicesFailsAMergeThatIsDoneAnew() throws IOException {
    Path texts = directory.resolve("texts.jsonl");
    Files.writeString(
        texts,
        """
        {"id":"a","text":"salt"}
        {"id":"b","text":"bread"}
        {"id":"c","text":"water"}
        """);
    doublesAfter(Path.of(output, "_delta_log", "00000000000000000001.json"), texts);
    Cli.Result failed = merge("changing", "--slice-rows", "1");
    assertThat(failed.code()).as(failed.err()).isEqualTo(1);
    assertThat(failed.err())
        .contains("Cannot merge by [id]: the source has 2 rows with the key id=")
        .doesNotContain("Usage:");
    assertThat(rows()).isBetween(1L, 2L);
    assertThat(runs()).extracting(row -> row.<String>getAs("outcome")).containsExactly("failed");
    assertThat(runs().get(0).<String>getAs("error")).contains("Cannot merge by [id]");
    Cli.Result anew = merge(texts.toString());
    assertThat(anew.code()).as(anew.err()).isZero();
    assertThat(rows()).isEqualTo(3);
  }

  /** Makes a source that repeats its rows as soon as a file exists. */
  private void doublesAfter(Path file, Path texts) {
    UDF1<String, Boolean> exists = name -> Files.exists(Path.of(name));
    spark
        .udf()
        .register("file_exists", functions.udf(exists, DataTypes.BooleanType).asNondeterministic());
    spark.read().json(texts.toString()).createOrReplaceTempView("steady");
    spark
        .sql(
            "SELECT * FROM steady UNION ALL SELECT * FROM steady WHERE file_exists('%s')"
                .formatted(file))
        .createOrReplaceTempView("changing");
  }

  @Test
  @Tag("slow")
  void aCancelledReadOfAFeedIsNoMissingFeed() throws IOException {
    String input = directory.resolve("source").toString();
    spark.sql(
        "CREATE TABLE delta.`%s` (id BIGINT, text STRING) USING delta TBLPROPERTIES (delta.enableChangeDataFeed = true)"
            .formatted(input));
    insert(input, 0, 1);
    assertThat(merge(input).code()).isZero();
    insert(input, 1, 24);
    Canceller canceller = new Canceller();
    String cost = spark.conf().get(OPEN_COST);
    spark.conf().set(OPEN_COST, 1L << 40);
    spark.sparkContext().addSparkListener(canceller);
    Cli.Result cancelled;
    try {
      cancelled = merge(input);
    } finally {
      spark.sparkContext().removeSparkListener(canceller);
      spark.conf().set(OPEN_COST, cost);
    }
    assertThat(canceller.cancelled).hasPositiveValue();
    assertThat(cancelled.code()).as(cancelled.err()).isEqualTo(1);
    assertThat(cancelled.err()).contains("cancelled").doesNotContain("reading the whole source");
    Cli.Result anew = merge(input);
    assertThat(anew.code()).as(anew.err()).isZero();
    assertThat(rows()).isEqualTo(24);
  }

  /** Inserts rows through as many partitions, so that the rows spread over several files. */
  private void insert(String input, int from, int to) {
    spark.sql(
        "INSERT INTO delta.`%s` SELECT /*+ REPARTITION(%d, id) */ id, concat('text ', id %% 3) FROM range(%d, %d)"
            .formatted(input, to - from, from, to));
  }

  /**
   * Cancels the jobs of queries that read the feed. An adaptive query starts these jobs in other
   * threads.
   */
  private final class Canceller extends SparkListener {
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Set<String> queries = ConcurrentHashMap.newKeySet();

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
      if (event instanceof SparkListenerSQLExecutionStart query
          && query.details().contains("SourceMerge.feed")) {
        queries.add(Long.toString(query.executionId()));
      }
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      if (queries.contains(job.properties().getProperty("spark.sql.execution.id", ""))) {
        cancelled.incrementAndGet();
        spark.sparkContext().cancelJob(job.jobId());
      }
    }
  }
}
