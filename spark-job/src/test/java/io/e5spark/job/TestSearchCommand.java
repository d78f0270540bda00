package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.platform.SessionCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSearchCommand {
  @TempDir static Path directory;
  private static Path input;
  private static String vectors = "";

  @BeforeAll
  static void embed() throws IOException {
    input = directory.resolve("rows.jsonl");
    vectors = directory.resolve("vectors").toString();
    Files.writeString(
        input,
        """
        {"id":"bread","text":"Sourdough rises slowly and keeps for days."}
        {"id":"bike","text":"A dry bicycle chain squeaks until it is oiled."}
        {"id":"frost","text":"Clear and windless nights bring frost to gardens."}
        {"id":"none","text":null}
        """);
    Cli.Result result = Cli.run("embed", "--input", input.toString(), "--output", vectors);
    assertThat(result.code()).as(result.err()).isZero();
  }

  @Test
  void nearestComesFirstWithItsText() throws IOException {
    Cli.Result result =
        Cli.run(
            "search",
            "--vectors",
            vectors,
            "--query",
            "noise when pedalling",
            "--k",
            "2",
            "--json");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode hits = new ObjectMapper().readTree(result.out()).get(0).get("hits");
    assertThat(hits).hasSize(2);
    assertThat(hits.get(0).get("id").asText()).isEqualTo("bike");
    assertThat(hits.get(0).get("text").asText()).startsWith("A dry bicycle chain");
    assertThat(hits.get(0).get("score").asDouble())
        .isGreaterThan(hits.get(1).get("score").asDouble());
  }

  @Test
  void hitsAreTheSameWithoutGeneratedCode() {
    String[] search = {"search", "--vectors", vectors, "--query", "cold mornings", "--json"};
    String compiled = Cli.run(search).out();
    assertThat(compiled).contains("frost");
    SparkSession spark = SparkSession.active();
    SparkSession.setActiveSession(SessionCopy.of(spark, Map.of(), SearchCommand.INTERPRETED));
    try {
      assertThat(Cli.withoutSession(search).out()).isEqualTo(compiled);
      assertThat(plan()).as("a star marks generated code").doesNotContain("*(");
    } finally {
      SparkSession.setActiveSession(spark);
    }
    assertThat(plan()).contains("*(");
    assertThat(SearchCommand.INTERPRETED).containsKey(SQLConf.CODEGEN_FACTORY_MODE().key());
  }

  private static String plan() {
    return SparkSession.active().sql("EXPLAIN SELECT id + 1 FROM range(9)").head().getString(0);
  }

  @Test
  void severalQueriesArePrintedForPeople() {
    Cli.Result result =
        Cli.run(
            "search",
            "--vectors",
            vectors,
            "--query",
            "cold mornings",
            "--query",
            "baking",
            "--k",
            "9");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .containsSubsequence("cold mornings", "frost", "baking", "   1  ", "bread");
    assertThat(result.out()).doesNotContain("none");
  }

  @Test
  void missingSourceLeavesTheTextOut() throws IOException {
    Path moved = directory.resolve("moved.jsonl");
    Files.move(input, moved);
    Cli.Result result = Cli.run("search", "--vectors", vectors, "--query", "baking", "--k", "1");
    Files.move(moved, input);
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("bread");
    assertThat(result.err()).contains("Warning: no texts to show: Cannot read source");
  }

  @Test
  void otherModelIsRefused() {
    Cli.Result result =
        Cli.run("search", "--vectors", vectors, "--query", "x", "--set", "max-tokens=100");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("e5-spark: Cannot search table " + vectors);
  }

  @Test
  void tableThatSqlMadeIsSearchedByItsColumns() {
    String made = directory.resolve("made").toString();
    Cli.spark()
        .sql(
            "CREATE TABLE delta.`%s` USING delta AS SELECT id AS name, concat('about ', id) AS note, embedding AS a, reverse(embedding) AS b, array(1.0f) AS c FROM delta.`%s`"
                .formatted(made, vectors));
    Cli.Result several = Cli.run("search", "--vectors", made, "--query", "x");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err()).contains("several vector columns, [a, b, c]", "--vector-column");
    Cli.Result other = Cli.run("search", "--vectors", made, "--query", "x", "--vector-column", "c");
    assertThat(other.err())
        .contains(
            "of column c have dimension 1, and those of model e5-small-v2 have dimension 384");
    Cli.Result found =
        Cli.run(
            "search",
            "--vectors",
            made,
            "--query",
            "noise when pedalling",
            "--vector-column",
            "a",
            "--text-column",
            "note");
    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.out()).containsPattern("   1  0\\.\\d+  bike  about bike");
    assertThat(found.err()).contains("does not say which model made the vectors in column a");
  }

  @Test
  void packedColumnThatSqlMadeIsSearchedWhereItIsNamed() {
    String made = directory.resolve("packed").toString();
    Cli.spark()
        .sql(
            "CREATE TABLE delta.`%s` USING delta AS SELECT id, e5_pack(embedding) AS p, e5_pack(embedding, 'binary') AS b, X'0102' AS other FROM delta.`%s`"
                .formatted(made, vectors));
    String[] search = {"search", "--vectors", made, "--query", "noise when pedalling"};
    Cli.Result unnamed = Cli.run(search);
    assertThat(unnamed.code()).isEqualTo(2);
    assertThat(unnamed.err())
        .contains("it has no vector column (name a column of type array<float> or binary");
    for (String column : List.of("p", "b")) {
      Cli.Result found = Cli.run(with(search, "--vector-column", column));
      assertThat(found.code()).as(found.err()).isZero();
      assertThat(found.out()).containsPattern("   1  0\\.\\d+  bike");
    }
    Cli.Result other = Cli.run(with(search, "--vector-column", "other"));
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains(
            "the values of column other have 2 bytes, which does not fit vectors of the model's dimension 384");
  }

  private static String[] with(String[] command, String... more) {
    return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void tableOfQueriesIsSearchedWithAWarning() {
    String queries = directory.resolve("queries").toString();
    Cli.Result embedded =
        Cli.run("embed", "--input", input.toString(), "--output", queries, "--input-type", "query");
    assertThat(embedded.err())
        .contains("Warning: this job embedded 3 texts with the prompt for queries");
    Cli.Result found = Cli.run("search", "--vectors", queries, "--query", "baking");
    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.err()).contains("Warning: table", "holds vectors of queries");
  }

  @Test
  void controlCharactersStayOutOfTheTerminal() throws IOException {
    String table =
        embedded(
            "hostile",
            "{\"id\":\"a\\u001b]0;x\\u0007\\nb\",\"text\":\"salt \\u001b[2J\\u009b31m\"}");
    Cli.Result found = Cli.run("search", "--vectors", table, "--query", "salt");
    String sql = "SELECT * EXCEPT (embedding) FROM delta.`%s`".formatted(table);
    for (String shown : List.of(found.out(), Cli.run("sql", "-e", sql).out())) {
      assertThat(shown).doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]");
    }
    assertThat(found.out()).contains("a\\u001b]0;x\\u0007 b  salt \\u001b[2J\\u009b31m");
  }

  private static String embedded(String name, String rows) throws IOException {
    Path input = directory.resolve(name + ".jsonl");
    Files.writeString(input, rows);
    String table = directory.resolve(name).toString();
    assertThat(Cli.run("embed", "--input", input.toString(), "--output", table).code()).isZero();
    return table;
  }

  @Test
  void rowWithoutAnIdHasItsText() throws IOException {
    String table =
        embedded("null-id", "{\"id\":\"a\",\"text\":\"salt\"}\n{\"id\":null,\"text\":\"bread\"}\n");
    Cli.Result found =
        Cli.run("search", "--vectors", table, "--query", "bread", "--k", "1", "--json");
    JsonNode hit = new ObjectMapper().readTree(found.out()).get(0).get("hits").get(0);
    assertThat(hit.get("text").asText()).isEqualTo("bread");
  }

  @Test
  void textOfAnotherRowWithTheSameIdIsNotShown() throws IOException {
    Path input = directory.resolve("again.jsonl");
    String table = directory.resolve("again").toString();
    for (String text : List.of("salt", "rye bread")) {
      Files.writeString(
          input,
          "{\"id\":\"a\",\"text\":\"%s\"}\n{\"id\":\"b\",\"text\":\"oil\"}\n".formatted(text));
      Cli.run(
          "embed",
          "--input",
          input.toString(),
          "--output",
          table,
          "--mode",
          "append",
          "--keep-columns",
          "text");
    }
    Cli.Result found = Cli.run("search", "--vectors", table, "--query", "rye bread", "--json");
    JsonNode hits = new ObjectMapper().readTree(found.out()).get(0).get("hits");
    assertThat(hits).hasSize(4);
    assertThat(hits.get(0).toString()).contains("\"id\":\"a\",\"text\":null");
    assertThat(hits.toString()).containsPattern("oil.*oil");
    assertThat(found.err())
        .contains("no text to show for a: several rows have this key and different texts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp'2026-01-02 03:04:05'", "X'61'"})
  void columnThatIsTheIdIsShown(String id) {
    String made = directory.resolve("shown" + id.length()).toString();
    Cli.spark()
        .sql(
            "CREATE TABLE delta.`%s` USING delta AS SELECT %s AS id, embedding FROM delta.`%s` WHERE id = 'bread'"
                .formatted(made, id, vectors));
    Cli.Result found =
        Cli.run("search", "--vectors", made, "--query", "x", "--text-column", "id", "--json");
    assertThat(found.out()).contains("\"text\" : \"" + (id.startsWith("X") ? "a" : "2026-01-02"));
  }

  @Test
  void renamedVectorColumnIsExplained() throws IOException {
    String table = embedded("renamed", "{\"id\":\"a\",\"text\":\"salt\"}\n");
    SparkSession spark = Cli.spark();
    String alter = "ALTER TABLE delta.`" + table + "` ";
    spark.sql(alter + "SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    spark.sql(alter + "RENAME COLUMN embedding TO emb");
    Cli.Result found = Cli.run("search", "--vectors", table, "--query", "bread");
    assertThat(found.code()).isEqualTo(2);
    assertThat(found.err())
        .contains("it has no column embedding, which its properties name")
        .contains("--vector-column");
  }

  @Test
  void tableThatIsNoneIsRefused() {
    Cli.Result missing = Cli.run("search", "--vectors", "./nowhere", "--query", "x");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no Delta table at file:");
    assertThat(Cli.run("search", "--vectors", vectors, "--query", "x", "--k", "0").err())
        .contains("Invalid k: 0 (must be at least 1)");
  }

  @Test
  void sqlSeesTheTable() {
    Cli.Result result =
        Cli.run(
            "sql",
            "--json",
            "-e",
            "select id, size(embedding) n from delta.`"
                + vectors
                + "` where id = 'bike'; select 1 as one");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines()).containsExactly("{\"id\":\"bike\",\"n\":384}", "{\"one\":1}");
    Cli.Result wrong = Cli.run("sql", "-e", "select nothing");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("e5-spark: [UNRESOLVED_COLUMN");
    assertThat(Cli.run("sql", "-e", "selec 1").code()).isEqualTo(2);
    assertThat(Cli.run("sql", "-e", "select 'a' as letter").out()).contains("|letter|");
  }
}
