package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.embed.Counter;
import io.e5spark.report.TaskCounters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the functions in statements that change Delta tables, with the real model. */
class TestSqlOnDelta {
  @TempDir Path directory;
  private SparkSession spark;
  private String docs;
  private String vectors;

  @BeforeEach
  void createTables() {
    spark = Cli.spark();
    docs = "delta.`" + directory.resolve("docs") + "`";
    vectors = "delta.`" + directory.resolve("vectors") + "`";
    spark.sql(
        "create table %s using delta as select * from values (1, 'salt'), (2, 'rain'), (3, null) t(id, text)"
            .formatted(docs));
    spark.sql(
        "create table %s using delta as select id, e5_embed(text, 'passage') v from %s"
            .formatted(vectors, docs));
  }

  private long textsOf(String sql) {
    try (TaskCounters clock = TaskCounters.start(spark.sparkContext())) {
      spark.sql(sql.replace("VECTORS", vectors).replace("DOCS", docs)).collectAsList();
      clock.settle();
      return clock.count(Counter.TEXTS);
    }
  }

  private List<Row> nearest(String query) {
    return spark
        .sql(
            "select id from %s where v is not null order by e5_similarity(v, e5_embed('%s', 'query')) desc limit 1"
                .formatted(vectors, query))
        .collectAsList();
  }

  @Test
  void jsonHasAllDigitsOfATime() {
    String time = "2020-01-02 03:04:05.000006";
    String times = "select timestamp'%1$s' a, timestamp_ntz'%1$s' b, 1 `c.d`".formatted(time);
    assertThat(Cli.run("sql", "--json", "-e", times).out())
        .contains("\"a\":\"2020-01-02T03:04:05.000006", "\"b\":\"2020-01-02T03:04:05.000006\"")
        .contains("\"c.d\":1");
  }

  @Test
  void createdTableIsSearched() {
    assertThat(nearest("seasoning for food").toString()).isEqualTo("[[1]]");
    assertThat(nearest("wet weather").toString()).isEqualTo("[[2]]");
  }

  @Test
  void insertUpdateAndMergeAreBatched() {
    assertThat(textsOf("insert into VECTORS select 4, e5_embed('a bicycle chain', 'passage')"))
        .isZero();
    assertThat(nearest("cycling").toString()).isEqualTo("[[4]]");
    assertThat(textsOf("insert into VECTORS select id + 10, e5_embed(text, 'passage') from DOCS"))
        .isEqualTo(2);
    assertThat(
            textsOf("update VECTORS set v = e5_embed(concat('tool ', id), 'passage') where id = 4"))
        .isEqualTo(1);
    textsOf(
        "merge into VECTORS t using DOCS s on t.id = s.id"
            + " when matched then update set v = e5_embed(concat('cat ', s.text), 'passage')"
            + " when not matched then insert (id, v) values (s.id, e5_embed(s.text, 'passage'))");
    assertThat(spark.sql("select id from " + vectors + " where v is null").collectAsList())
        .hasSize(2);
  }

  /** Without deletion vectors, Delta finds the files to rewrite by {@code input_file_name()}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'delta.enableDeletionVectors' = 'false'",
        "'delta.enableDeletionVectors' = 'true'",
        "'delta.enableDeletionVectors' = 'false', 'delta.columnMapping.mode' = 'name'"
      })
  void rowsOfSeveralFilesAreUpdatedMergedAndDeletedByTheirEmbeddings(String properties) {
    String table = "delta.`" + directory.resolve("files") + "`";
    spark.sql(
        "create table %s using delta tblproperties (%s) as select /*+ REPARTITION(4) */ id, if(id = 7, 'bread', 'rain') text from range(24)"
            .formatted(table, properties));
    String like = "e5_similarity(e5_embed(%s), e5_embed('%s')) > 0.999";
    spark.sql("update " + table + " set text = 'oven' where " + like.formatted("text", "bread"));
    assertThat(texts(table)).containsExactlyInAnyOrder("[7,oven]");
    spark.sql(
        "merge into %s t using (select 7L id) s on t.id = s.id and %s when matched then update set text = 'salt'"
            .formatted(table, like.formatted("t.text", "oven")));
    assertThat(texts(table)).containsExactlyInAnyOrder("[7,salt]");
    spark.sql("delete from " + table + " where " + like.formatted("text", "salt"));
    assertThat(texts(table)).isEmpty();
    assertThat(spark.sql("select id from " + table).count()).isEqualTo(23);
  }

  private List<String> texts(String table) {
    return spark
        .sql("select id, text from " + table + " where text <> 'rain'")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  @Test
  void sortByAnotherColumnEmbedsTheRowsThatAreKept() {
    assertThat(
            textsOf("select e5_embed(text) from DOCS where text is not null order by id limit 1"))
        .isEqualTo(1);
  }

  @Test
  @Timeout(120)
  void streamIntoDeltaIsStoppedAndGoesOn() throws Exception {
    Path input = Files.createDirectories(directory.resolve("stream"));
    for (int file = 0; file < 8; file++) {
      Files.writeString(
          input.resolve(file + ".json"), "{\"id\":%1$d,\"text\":\"text %1$d\"}%n".formatted(file));
    }
    StreamingQuery first = stream(input, Trigger.ProcessingTime(0));
    while (first.lastProgress() == null) {
      Thread.sleep(10);
    }
    first.stop();
    long before = streamed().count();
    assertThat(before).isBetween(1L, 7L);
    stream(input, Trigger.AvailableNow()).awaitTermination();
    assertThat(streamed().select("id").distinct().count()).isEqualTo(8);
    assertThat(streamed().where("size(v) = 384").count()).isEqualTo(8);
  }

  private Dataset<Row> streamed() {
    return spark.read().format("delta").load(directory.resolve("streamed").toString());
  }

  private StreamingQuery stream(Path input, Trigger trigger) throws Exception {
    return spark
        .readStream()
        .schema("id int, text string")
        .option("maxFilesPerTrigger", 1)
        .json(input.toString())
        .selectExpr("id", "e5_embed(text, 'passage') v")
        .writeStream()
        .format("delta")
        .option("checkpointLocation", directory.resolve("checkpoint").toString())
        .trigger(trigger)
        .start(directory.resolve("streamed").toString());
  }
}
