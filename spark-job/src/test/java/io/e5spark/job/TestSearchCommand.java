package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void tableThatIsNoneIsRefused() {
    Cli.Result missing = Cli.run("search", "--vectors", "./nowhere", "--query", "x");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no such Delta table");
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
