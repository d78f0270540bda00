package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.exceptions.MetadataChangedException;
import io.delta.tables.DeltaTable;
import io.e5spark.config.InputType;
import io.e5spark.model.Prompts;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.KeyedMerge;
import io.e5spark.table.KeyedVectors;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.VectorType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that commits by key withstand what other jobs do to the same tables. */
class TestKeyedMerge {
  private static final VectorProperties PROPERTIES = properties("ours");
  private static final String IGNORE_MISSING = "spark.sql.files.ignoreMissingFiles";
  private static final AtomicInteger INTERRUPTIONS = new AtomicInteger();
  private static volatile Callable<Void> interruption = () -> null;

  @TempDir Path directory;
  private final SparkSession spark = Cli.spark();
  private VectorTable table;
  private TextSource source;
  private KeyedMerge merge;
  private KeyedVectors keyed;

  private static VectorProperties properties(String fingerprint) {
    return new VectorProperties(
        "m", fingerprint, 2, InputType.PASSAGE, "v", VectorType.FLOAT, Prompts.E5, Map.of());
  }

  @BeforeEach
  void makeTable() {
    table = new VectorTable(spark, directory.resolve("vectors").toString());
    source = source(directory.resolve("texts").toString());
    keyed = new KeyedVectors(table, List.of("id"), "v");
    merge = new KeyedMerge(table, keyed, PROPERTIES, () -> {});
    table.create(rows("(1, 'a', 0.6, 0.8)").schema(), PROPERTIES, source);
    merge.put(rows("(1, 'a', 0.6, 0.8), (2, 'b', 0.8, 0.6)"));
  }

  private static TextSource source(String input) {
    return new TextSource(input, SourceFormat.AUTO, List.of("id"), List.of("text"), List.of());
  }

  private Dataset<Row> rows(String values) {
    return spark.sql(
        "SELECT id, h AS v_hash, array(float(x), float(y)) AS v FROM VALUES %s AS t(id, h, x, y)"
            .formatted(values));
  }

  private String content() {
    return table.rows().selectExpr("concat(id, v_hash)").orderBy("id").collectAsList().toString();
  }

  /** Changes the row with key 1 in another job's commit, while the tested commit is under way. */
  private Void interrupt() {
    INTERRUPTIONS.incrementAndGet();
    DeltaTable.forPath(spark, table.name())
        .update(functions.col("id").equalTo(1), Map.of("v_hash", functions.lit("other")));
    return null;
  }

  /** Returns rows that let another job commit first, each time that Spark computes them. */
  private Dataset<Row> interrupted(String values, int times) {
    INTERRUPTIONS.set(0);
    ExecutorService otherJob = Executors.newSingleThreadExecutor();
    interruption =
        () -> {
          if (INTERRUPTIONS.get() < times) {
            otherJob.submit(this::interrupt).get();
          }
          return null;
        };
    UDF1<Integer, Integer> identity =
        id -> {
          if (id == 1) {
            interruption.call();
          }
          return id;
        };
    return rows(values)
        .withColumn(
            "id",
            functions
                .udf(identity, DataTypes.IntegerType)
                .asNondeterministic()
                .apply(functions.col("id")));
  }

  @Test
  void commitOfAnotherJobIsNoHindrance() {
    merge.put(interrupted("(1, 'c', 0.6, 0.8)", 1));
    assertThat(INTERRUPTIONS).hasValue(1);
    assertThat(content()).isEqualTo("[[1c], [2b]]");
  }

  @Test
  void jobsThatAlwaysComeBetweenEndIt() {
    assertThatThrownBy(() -> merge.put(interrupted("(1, 'c', 0.6, 0.8)", 100)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other jobs committed to it during each of 3 attempts");
    assertThat(content()).isEqualTo("[[1other], [2b]]");
  }

  @Test
  void replacedTableIsLeftAlone() {
    VectorProperties theirs = properties("theirs");
    new VectorTable(spark, table.name())
        .write(rows("(3, 'x', 0.6, 0.8)"), theirs, source, io.e5spark.table.WriteMode.OVERWRITE);
    assertThatThrownBy(() -> merge.put(rows("(1, 'c', 0.6, 0.8)")))
        .hasMessageContaining("its vectors have fingerprint theirs");
    table.write(
        rows("(3, 'x', 0.6, 0.8)").drop("v_hash"),
        PROPERTIES,
        source,
        io.e5spark.table.WriteMode.OVERWRITE);
    assertThatThrownBy(() -> merge.put(rows("(1, 'c', 0.6, 0.8)")))
        .hasMessageContaining("another job replaced it with a table without hashes");
  }

  @Test
  void secondCreatorTakesTheFirstOnesTable() {
    table.create(rows("(1, 'a', 0.6, 0.8)").schema(), PROPERTIES, source);
    assertThat(content()).isEqualTo("[[1a], [2b]]");
    assertThatThrownBy(
            () ->
                table.create(
                    rows("(1, 'a', 0.6, 0.8)").drop("v_hash").schema(), PROPERTIES, source))
        .hasMessageContaining("it has the column v_hash, which this job does not write");
  }

  @Test
  void emptySourceDeletesNothing() {
    assertThatThrownBy(() -> merge.deleteMissing(rows("(1, 'a', 0.6, 0.8)").limit(0)))
        .hasMessageContaining("the source has no rows, so the table would lose 2 rows");
    assertThat(merge.deleteMissing(rows("(2, 'a', 0.6, 0.8)"))).isEqualTo(1);
    assertThat(content()).isEqualTo("[[2b]]");
  }

  @Test
  void deltaSourceIsReadAtOneVersion() {
    spark.sql("SELECT 1 AS id, 'salt' AS text").write().format("delta").save(source.input());
    spark.sql("CREATE OR REPLACE TABLE pinned_texts USING delta AS SELECT 1 AS id, 'salt' AS text");
    Dataset<Row> path = source.resolved(spark).read(spark);
    Dataset<Row> catalog = source("pinned_texts").resolved(spark).read(spark);
    spark.sql("INSERT INTO pinned_texts VALUES (2, 'bread')");
    spark
        .sql("SELECT 2 AS id, 'bread' AS text")
        .write()
        .format("delta")
        .mode("append")
        .save(source.input());
    assertThat(path.count()).isEqualTo(1);
    assertThat(catalog.count()).isEqualTo(1);
    assertThat(source.resolved(spark).read(spark).count()).isEqualTo(2);
    spark.sql("CREATE OR REPLACE TEMPORARY VIEW viewed_texts AS SELECT * FROM pinned_texts");
    assertThat(source("viewed_texts").resolved(spark).read(spark).count()).isEqualTo(2);
  }

  @Test
  void missingFileOfTheSourceIsNotMissingRows() throws IOException {
    spark.sql("SELECT 1 AS id, 'salt' AS text").write().format("delta").save(source.input());
    deleteData(Path.of(source.input()));
    spark.conf().set(IGNORE_MISSING, "true");
    try {
      Dataset<Row> newest = source.read(spark);
      assertThatThrownBy(newest::collectAsList).hasStackTraceContaining("FILE_NOT_EXIST");
      assertThatThrownBy(() -> keyed.missing(newest)).hasStackTraceContaining("FILE_NOT_EXIST");
    } finally {
      spark.conf().unset(IGNORE_MISSING);
    }
  }

  private static void deleteData(Path table) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(table, "*.parquet")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  @Test
  void statedSourceIsChangedAlthoughOtherJobsCommit() {
    AtomicInteger attempts = new AtomicInteger();
    Runnable disturbed =
        () -> {
          if (attempts.incrementAndGet() == 1) {
            throw new MetadataChangedException("another job changed the properties");
          }
        };
    table.renew(source("elsewhere"), disturbed);
    assertThat(attempts).hasValue(2);
    assertThat(table.source().map(TextSource::input)).hasValue("elsewhere");
    table.renew(source("elsewhere"), disturbed);
    assertThat(attempts).as("nothing to change").hasValue(2);
  }

  @Test
  void columnsThatCannotBeComparedAreNamed() {
    Dataset<Row> maps = rows("(1, 'a', 0.6, 0.8)").selectExpr("*", "array(map('a', 1)) AS kept");
    assertThatThrownBy(() -> keyed.requireComparable(maps))
        .hasMessage(
            "Cannot merge column kept: it holds ARRAY<MAP<STRING, INT>>, whose values cannot be compared");
  }
}
