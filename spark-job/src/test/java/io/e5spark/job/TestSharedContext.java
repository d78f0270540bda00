package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.embed.Counter;
import io.e5spark.model.Prompts;
import io.e5spark.platform.SessionCopy;
import io.e5spark.report.TaskCounters;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.KeyedMerge;
import io.e5spark.table.KeyedVectors;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.VectorType;
import io.e5spark.table.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.metrics.source.CodegenMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that jobs that share a Spark context or a session do not affect each other. */
class TestSharedContext {
  @TempDir Path directory;
  private final SparkSession spark = Cli.spark();

  private void embed(int rows) {
    spark
        .sql("SELECT e5_embed('text number ' || id) AS v FROM range(0, %d, 1, 2)".formatted(rows))
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
  }

  @Test
  void countersFollowTheirOwnRun() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    String before = spark.sparkContext().getLocalProperty("e5.runs");
    try (TaskCounters around = TaskCounters.start(spark.sparkContext())) {
      Future<?> theirs = other.submit(() -> countedAlone(40));
      try (TaskCounters ours = TaskCounters.start(spark.sparkContext())) {
        embed(7);
        theirs.get(2, TimeUnit.MINUTES);
        ours.settle();
        assertThat(ours.count(Counter.ROWS)).isEqualTo(7);
        assertThat(ours.taskSeconds()).isPositive();
      }
      embed(5);
      around.settle();
      assertThat(around.count(Counter.ROWS)).as("with those of the run inside").isEqualTo(12);
    } finally {
      other.shutdownNow();
    }
    assertThat(spark.sparkContext().getLocalProperty("e5.runs")).isEqualTo(before);
  }

  /** Embeds and counts in a thread that belongs to no other job. */
  private void countedAlone(int rows) {
    spark.sparkContext().setLocalProperty("e5.runs", null);
    try (TaskCounters theirs = TaskCounters.start(spark.sparkContext())) {
      embed(rows);
      theirs.settle();
      assertThat(theirs.count(Counter.ROWS)).isEqualTo(rows);
    }
  }

  private static VectorProperties properties() {
    return new VectorProperties(
        "m", "f", 64, InputType.PASSAGE, "v", VectorType.FLOAT, Prompts.E5, Map.of());
  }

  /** Returns many rows with few distinct values, which Parquet would encode with a dictionary. */
  private Dataset<Row> rows() {
    return spark.sql(
        "SELECT id, 'h' || id AS v_hash, transform(sequence(1, 64), i -> float(i / 64)) AS v FROM range(0, 2000, 1, 2)");
  }

  private void writeAndMerge(Path place) {
    VectorTable table = new VectorTable(spark, place.toString());
    TextSource source =
        new TextSource("none", SourceFormat.AUTO, List.of("id"), List.of("text"), List.of());
    table.write(rows(), properties(), source, WriteMode.OVERWRITE);
    table.write(rows(), properties(), source, WriteMode.APPEND);
    spark.sql("DELETE FROM delta.`%s`".formatted(place));
    KeyedVectors keyed = new KeyedVectors(table, List.of("id"), "v");
    new KeyedMerge(table, keyed, properties(), () -> {}).put(rows());
  }

  @Test
  void writesAtOnceKeepTheirParquetSettingsAndTheSessionItsOwn() throws Exception {
    Map<String, String> before = settings();
    ExecutorService jobs = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (String name : List.of("one", "two")) {
        running.add(jobs.submit(() -> writeAndMerge(directory.resolve(name))));
      }
      while (!running.stream().allMatch(Future::isDone)) {
        assertThat(settings()).isEqualTo(before);
        Thread.sleep(5);
      }
      for (Future<?> job : running) {
        job.get();
      }
    } finally {
      jobs.shutdownNow();
    }
    assertThat(settings()).isEqualTo(before);
    List<ColumnChunkMetaData> columns = columns();
    assertThat(columns).hasSizeGreaterThanOrEqualTo(6);
    assertThat(columns)
        .allSatisfy(
            column -> {
              assertThat(column.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
              assertThat(column.hasDictionaryPage()).isFalse();
            });
  }

  @Test
  void copiesOfTheSessionShareGeneratedClasses() {
    String query = "SELECT max(id + 4321) FROM range(0, 10, 1, 2) GROUP BY id % 3";
    long[] compiled = new long[3];
    for (int i = 0; i < compiled.length; i++) {
      SparkSession copy = SessionCopy.of(spark, Map.of(), Map.of());
      long before = CodegenMetrics.METRIC_COMPILATION_TIME().getCount();
      assertThat(copy.sql(query).count()).isEqualTo(3);
      compiled[i] = CodegenMetrics.METRIC_COMPILATION_TIME().getCount() - before;
    }
    assertThat(compiled[0]).isPositive();
    assertThat(compiled).endsWith(0, 0);
  }

  /** Returns the session's settings, except those that Delta sets in the session of a commit. */
  private Map<String, String> settings() {
    Map<String, String> settings =
        new TreeMap<>(scala.jdk.javaapi.CollectionConverters.asJava(spark.conf().getAll()));
    settings
        .keySet()
        .removeIf(
            name ->
                name.startsWith("spark.sql.parquet.fieldId.")
                    || name.startsWith("spark.databricks.delta.lastCommit"));
    return settings;
  }

  /** Returns the Parquet column chunks with vectors, from all data files. */
  private List<ColumnChunkMetaData> columns() throws IOException {
    List<ColumnChunkMetaData> columns = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(TestSharedContext::isData).toList()) {
        var path = new org.apache.hadoop.fs.Path(file.toUri());
        try (ParquetFileReader reader =
            ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
          reader.getFooter().getBlocks().stream()
              .flatMap(block -> block.getColumns().stream())
              .filter(column -> column.getPath().toDotString().equals("v.list.element"))
              .forEach(columns::add);
        }
      }
    }
    return columns;
  }

  private static boolean isData(Path file) {
    return file.toString().endsWith(".parquet") && !file.toString().contains("_delta_log");
  }
}
