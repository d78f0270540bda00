package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that a job rejects foreign tables, and keeps what the owner of a vector table has declared.
 */
class TestForeignTables {
  @TempDir Path directory;
  private final SparkSession spark = Cli.spark();
  private Path input;
  private Path output;
  private String table = "";

  @BeforeEach
  void writeRows() throws IOException {
    input = directory.resolve("rows.jsonl");
    output = directory.resolve("vectors");
    table = "delta.`" + output + "`";
    Files.writeString(input, "{\"id\":1,\"lang\":\"en\",\"text\":\"bread\"}\n");
  }

  private Cli.Result embed(String... more) {
    return run(input.toString(), output.toString(), more);
  }

  private static Cli.Result run(String from, String to, String... more) {
    List<String> arguments = new ArrayList<>(List.of("embed", "--input", from, "--output", to));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private void works(String... more) {
    Cli.Result result = embed(more);
    assertThat(result.code()).as(result.err()).isZero();
  }

  private static void refused(Cli.Result result, String... parts) {
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.err().strip().lines()).as(result.err()).hasSize(1);
    assertThat(result.err()).contains(parts);
  }

  private void sql(String statement) {
    spark.sql(statement.replace("TABLE_HERE", table));
  }

  private Row detail() {
    return DeltaTable.forPath(spark, output.toString()).detail().head();
  }

  private Map<String, String> properties() {
    Row detail = detail();
    return detail.getJavaMap(detail.fieldIndex("properties"));
  }

  private String values(String column) {
    return spark
        .sql("SELECT concat_ws(' ', array_sort(collect_list(%s))) FROM %s".formatted(column, table))
        .head()
        .getString(0);
  }

  @Test
  void aTableThatEmbedDidNotWriteIsReplacedOnDemandAlone() {
    sql("CREATE TABLE TABLE_HERE USING delta AS SELECT 7 AS customer, 'precious' AS name");
    for (String mode : List.of("overwrite", "append", "merge")) {
      refused(embed("--mode", mode), "it has no e5.* properties");
    }
    assertThat(values("name")).isEqualTo("precious");
    works("--replace");
    assertThat(values("id")).isEqualTo("1");
    works();
    refused(embed("--mode", "merge", "--replace"), "Invalid option: --replace with --mode merge");
  }

  @Test
  void whatIsNoDeltaTableIsNotReplaced() throws IOException {
    spark.range(1).write().parquet(output.toString());
    refused(embed("--replace"), "it holds files that do not belong to a Delta table");
    spark.sql("CREATE TABLE plain_rows USING parquet AS SELECT 1 AS id");
    spark.sql("CREATE VIEW some_view AS SELECT 1 AS id");
    try {
      for (String name : List.of("plain_rows", "some_view")) {
        refused(run(input.toString(), name, "--replace"), "Cannot write to " + name);
        assertThat(spark.table(name).count()).isEqualTo(1);
      }
    } finally {
      spark.sql("DROP TABLE plain_rows");
      spark.sql("DROP VIEW some_view");
    }
    sqlSource("SELECT 1 AS id, 'salt' AS text");
    refused(run(input.toString(), directory.resolve("texts/vectors").toString()), "lies inside");
    assertThat(directory.resolve("texts/vectors")).doesNotExist();
  }

  private String sqlSource(String query) {
    Path texts = directory.resolve("texts");
    spark.sql("CREATE TABLE delta.`%s` USING delta AS %s".formatted(texts, query));
    return texts.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"overwrite", "append", "merge"})
  void aTableIsNotItsOwnSource(String mode) throws IOException {
    String texts = sqlSource("SELECT 1L AS id, 'salt' AS text");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of(texts));
    List<String> spellings =
        List.of(
            texts,
            "file://" + texts,
            texts + "/",
            directory + "/./x/../texts",
            link.toString(),
            link + "/../texts");
    for (String spelling : spellings) {
      refused(run(spelling, texts, "--mode", mode), "the job reads its texts from there");
      refused(run(texts, spelling, "--mode", mode), "the job reads its texts from there");
    }
    spark.sql("CREATE TABLE own_texts USING delta LOCATION '%s'".formatted(texts));
    spark.sql("CREATE VIEW own_view AS SELECT * FROM own_texts WHERE id > 0");
    try {
      refused(run("own_texts", texts, "--mode", mode), "the job reads its texts from there");
      refused(run("own_view", texts, "--mode", mode), "the job reads its texts from there");
    } finally {
      spark.sql("DROP VIEW own_view");
      spark.sql("DROP TABLE own_texts");
    }
    assertThat(spark.read().format("delta").load(texts).columns()).containsExactly("id", "text");
  }

  @Test
  void filesInTheTableAreNotItsSource() {
    sql(
        "CREATE TABLE TABLE_HERE USING delta PARTITIONED BY (lang) AS SELECT 1 AS id, 'en' AS lang, 'a' AS text");
    Path other = directory.resolve("other");
    String part = output + "/lang=en";
    refused(run(part, output.toString(), "--replace"), "files belong to a Delta table");
    refused(run(part, other.toString()), "files belong to a Delta table");
    refused(
        run(output.toString(), other.toString(), "--input-format", "parquet"),
        "files belong to a Delta table");
    spark.read().parquet(part).createOrReplaceTempView("parts_of_table");
    refused(
        run("parts_of_table", output.toString(), "--replace"),
        "the job reads its texts from there");
    assertThat(values("text")).isEqualTo("a");
  }

  @Test
  void filesOfTablesBelowTheSourceAreNotRead() throws IOException {
    Path lake = Files.createDirectory(directory.resolve("lake"));
    Files.copy(input, lake.resolve("rows.jsonl"));
    refused(run(lake.toString(), lake + "/vectors"), "it lies inside the source", "lake");
    assertThat(lake.resolve("vectors")).doesNotExist();
    for (int i = 0; i < 2; i++) {
      Cli.Result hidden = run(lake.toString(), lake + "/_made/vectors");
      assertThat(hidden.code()).as(hidden.err()).isZero();
      assertThat(hidden.out()).contains("Embedded 1 of 1 row");
    }
    spark.sql("CREATE TABLE delta.`%s/a/b` USING delta AS SELECT 1 AS id".formatted(lake));
    refused(
        run(lake.toString(), output.toString()),
        "it holds the Delta table a/b (name the table itself, or a directory without tables)");
  }

  @Test
  void whatTheOwnerDeclaredIsKept() {
    works("--keep-columns", "lang");
    Map<String, String> own = properties();
    sql(
        "CREATE OR REPLACE TABLE TABLE_HERE USING delta PARTITIONED BY (lang) COMMENT 'vectors of articles' TBLPROPERTIES (%s) AS SELECT * FROM TABLE_HERE"
            .formatted(
                "'owner.team'='search','delta.columnMapping.mode'='name','delta.enableRowTracking'='true','delta.feature.allowColumnDefaults'='supported',"
                    + String.join(
                        ",",
                        own.entrySet().stream()
                            .map(one -> "'%s'='%s'".formatted(one.getKey(), one.getValue()))
                            .toList())));
    sql("ALTER TABLE TABLE_HERE ALTER COLUMN id COMMENT 'the key'");
    sql("ALTER TABLE TABLE_HERE ALTER COLUMN lang SET DEFAULT 'en'");
    sql("ALTER TABLE TABLE_HERE ADD CONSTRAINT positive CHECK (id > 0)");
    works("--keep-columns", "lang", "--set", "max-tokens=128");
    works("--keep-columns", "lang", "--replace");
    assertThat(detail().<String>getAs("description")).isEqualTo("vectors of articles");
    assertThat(detail().<String>getList(detail().fieldIndex("partitionColumns")))
        .containsExactly("lang");
    assertThat(properties())
        .containsEntry("owner.team", "search")
        .containsEntry("delta.columnMapping.mode", "name")
        .containsEntry("delta.enableRowTracking", "true")
        .containsEntry("delta.constraints.positive", "id > 0");
    var schema = spark.table(table).schema();
    assertThat(schema.apply("id").getComment().get()).isEqualTo("the key");
    assertThat(schema.apply("lang").getCurrentDefaultValue().get()).isEqualTo("'en'");

    refused(embed(), "it would lose the partitioning by [lang]", "embed --replace");
    Cli.Result replaced = embed("--replace");
    assertThat(replaced.err()).contains("Warning: table", "loses the partitioning by [lang]");
    assertThat(properties()).containsEntry("delta.constraints.positive", "id > 0");
  }

  @Test
  void declarationsAreKeptWhereOnlyTheCaseDiffers() throws IOException {
    works("--keep-columns", "lang");
    sql("ALTER TABLE TABLE_HERE ALTER COLUMN lang COMMENT 'the language'");
    Files.writeString(input, "{\"id\":1,\"Lang\":\"en\",\"text\":\"bread\"}\n");
    Cli.Result again = embed("--keep-columns", "Lang");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).doesNotContain("loses");
    assertThat(spark.table(table).schema().apply("Lang").getComment().get())
        .isEqualTo("the language");
  }

  @Test
  void columnsWithDotsAreWrittenAgain() throws IOException {
    Files.writeString(input, "{\"id\":1,\"page\":{\"lang\":\"en\"},\"text\":\"bread\"}\n");
    for (int i = 0; i < 2; i++) {
      works(
          "--keep-columns", "page.lang", "--vector-column", "my.vector", "--vector-type", "packed");
    }
    Cli.Result migrated =
        Cli.run("migrate", "--vectors", output.toString(), "--set", "max-tokens=128");
    assertThat(migrated.code()).as(migrated.err()).isZero();
    assertThat(spark.table(table).columns()).containsExactly("id", "page.lang", "my.vector");
  }

  @Test
  void clusteringIsKept() {
    works("--keep-columns", "lang");
    sql("ALTER TABLE TABLE_HERE CLUSTER BY (lang, id)");
    works("--keep-columns", "lang");
    assertThat(detail().<String>getList(detail().fieldIndex("clusteringColumns")))
        .containsExactly("lang", "id");
    Cli.Result migrated =
        Cli.run("migrate", "--vectors", output.toString(), "--set", "max-tokens=128");
    assertThat(migrated.code()).as(migrated.err()).isZero();
    assertThat(detail().<String>getList(detail().fieldIndex("clusteringColumns")))
        .containsExactly("lang", "id");
    refused(embed(), "it would lose the clustering by [lang, id]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"overwrite", "append", "merge"})
  void constraintsAreLookedAtBeforeTheWork(String mode) throws IOException {
    works("--mode", mode);
    sql("ALTER TABLE TABLE_HERE ADD CONSTRAINT small CHECK (id < 100)");
    sql("ALTER TABLE TABLE_HERE ADD CONSTRAINT whole CHECK (size(embedding) = 384)");
    Files.writeString(input, "{\"id\":2,\"text\":\"salt\"}\n{\"id\":200,\"text\":\"rye\"}\n");
    refused(
        embed("--mode", mode),
        "Cannot write to table " + output + ": its constraint small (id < 100) rejects 1 row");
    Files.writeString(input, "{\"id\":2,\"text\":\"salt\"}\n{\"id\":3,\"text\":null}\n");
    refused(embed("--mode", mode), "its constraint whole", "rejects 1 row of the source");
    Files.writeString(input, "{\"id\":3,\"text\":\"salt\"}\n");
    works("--mode", mode);
  }

  @Test
  void anAppendOnlyTableOnlyGrows() throws IOException {
    works("--mode", "merge");
    sql("ALTER TABLE TABLE_HERE SET TBLPROPERTIES ('delta.appendOnly' = 'TRUE')");
    refused(embed(), "it is append-only");
    refused(embed("--replace"), "it is append-only");
    Files.writeString(input, "{\"id\":1,\"text\":\"rye\"}\n{\"id\":2,\"text\":\"salt\"}\n");
    refused(embed("--mode", "merge"), "the merge would change 1 row, and the table is append-only");
    Files.writeString(input, "{\"id\":1,\"text\":\"bread\"}\n{\"id\":2,\"text\":\"salt\"}\n");
    works("--mode", "merge");
    assertThat(values("id")).isEqualTo("1 2");
  }

  @Test
  void notNullColumnsAreLookedAt() throws IOException {
    String all = "id BIGINT NOT NULL, embedding ARRAY<FLOAT>";
    works();
    List<String> own =
        properties().entrySet().stream()
            .map(one -> "'%s'='%s'".formatted(one.getKey(), one.getValue()))
            .toList();
    FileUtil.fullyDelete(output.toFile());
    output = directory.resolve("strict");
    table = "delta.`" + output + "`";
    sql(
        "CREATE TABLE TABLE_HERE (%s) USING delta TBLPROPERTIES (%s)"
            .formatted(all, String.join(",", own)));
    works("--mode", "append");
    Files.writeString(input, "{\"id\":null,\"text\":\"rye\"}\n{\"id\":2,\"text\":\"salt\"}\n");
    refused(embed("--mode", "append"), "its NOT NULL column id rejects 1 row of the source");
    refused(embed(), "it would lose NOT NULL of the column id");
    assertThat(embed("--replace").err()).contains("loses NOT NULL of the column id");
  }

  @Test
  void columnsGoByName() throws IOException {
    works("--mode", "merge");
    refused(
        embed("--mode", "merge", "--keep-columns", "lang"),
        "it has no column lang (to add it: ALTER TABLE delta.`file:"
            + output
            + "` ADD COLUMN `lang` STRING)");
    sql("ALTER TABLE TABLE_HERE ADD COLUMN `lang` STRING");
    refused(
        embed("--mode", "merge"),
        "it has the column lang, which this job does not write (carry it over with --keep-columns lang)");
    works("--mode", "merge", "--keep-columns", "lang");
    assertThat(values("lang")).isEqualTo("en");
    Files.writeString(input, "{\"id\":\"x\",\"lang\":\"en\",\"text\":\"bread\"}\n");
    refused(
        embed("--mode", "merge", "--keep-columns", "lang"),
        "its column id is BIGINT, and this job's is STRING");
  }

  @Test
  void aMergeIntoATableWithoutHashesSaysHowToGoOn() {
    works();
    refused(
        embed("--mode", "merge"),
        "without the hashes of texts that a merge needs",
        "merge into another --output");
  }

  @Test
  void theLogOfRunsIsOurs() throws IOException {
    String runs = "delta.`" + output + "_runs`";
    spark.sql("CREATE TABLE " + runs + " USING delta AS SELECT 'mine' AS run_id");
    refused(embed(), "Cannot log to file:" + output + "_runs: it exists and is not a log of runs");
    assertThat(output).doesNotExist();
    assertThat(spark.table(runs).columns()).containsExactly("run_id");
    FileUtil.fullyDelete(Path.of(output + "_runs").toFile());
    Files.createDirectory(Path.of(output + "_runs"));
    Files.writeString(Path.of(output + "_runs", "notes.txt"), "mine");
    refused(embed("--mode", "merge"), "it exists and is not a log of runs");
    FileUtil.fullyDelete(Path.of(output + "_runs").toFile());
    works();
    Row detail = DeltaTable.forName(spark, runs).detail().head();
    assertThat(detail.<String, String>getJavaMap(detail.fieldIndex("properties")))
        .containsEntry("e5.table", "runs");
    assertThat(spark.sql("SELECT error FROM " + runs).head().isNullAt(0)).isTrue();
    spark.sql("ALTER TABLE " + runs + " UNSET TBLPROPERTIES ('e5.table')");
    works();
    assertThat(spark.table(runs).count()).isEqualTo(2);
  }

  @Test
  void aWriteCheckThatWasKilledIsNoObstacle() throws IOException {
    Files.createDirectories(output);
    Files.createFile(output.resolve("_e5_write_check"));
    Files.createFile(output.resolve("._e5_write_check.crc"));
    works();
    assertThat(output.resolve("_e5_write_check")).doesNotExist();
  }
}
