package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests searches, evaluations and estimates of documents in chunks. */
class TestChunkSearch {
  private static final String SEA =
      "The sea was calm and the boats came home in the evening. ".repeat(6);
  private static final String BREAD =
      "A bread needs flour, water, salt and time in a hot oven. ".repeat(6);

  @TempDir static Path directory;
  private static Path input;

  @BeforeAll
  static void write() throws IOException {
    ObjectMapper json = new ObjectMapper();
    input = directory.resolve("documents.jsonl");
    Files.writeString(
        input,
        json.writeValueAsString(Map.of("id", "both", "text", SEA + "\n\n" + BREAD, "title", "Life"))
            + "\n"
            + json.writeValueAsString(Map.of("id", "sea", "text", SEA, "title", "Sea"))
            + "\n"
            + json.writeValueAsString(
                Map.of("id", "tax", "text", "Taxes are due in May.", "title", "Tax"))
            + "\n");
  }

  private static JsonNode search(Path table, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("search", "--vectors", table.toString(), "--query", "baking a loaf"));
    arguments.addAll(List.of(more));
    arguments.add("--json");
    Cli.Result result = Cli.run(arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out()).get(0).get("hits");
  }

  private static Path embedded(String name, String... more) {
    Path table = directory.resolve(name);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "embed",
                "--input",
                input.toString(),
                "--output",
                table.toString(),
                "--chunk",
                "--chunk-tokens",
                "48",
                "--chunk-overlap",
                "0"));
    arguments.addAll(List.of(more));
    Cli.Result result = Cli.run(arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return table;
  }

  private static List<String> ids(JsonNode hits) {
    return StreamSupport.stream(hits.spliterator(), false)
        .map(hit -> hit.get("id").asText())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--keep-columns text", "--text-columns title,text --keep-columns title,text"})
  void documentIsFoundByItsBestChunkWithItsPlaceAndText(String options) throws IOException {
    Path table =
        embedded(
            "found" + options.length(), options.isEmpty() ? new String[0] : options.split(" "));
    JsonNode hits = search(table, "--k", "3");
    assertThat(ids(hits)).containsExactlyInAnyOrder("both", "sea", "tax").startsWith("both");
    JsonNode best = hits.get(0);
    assertThat(best.get("text").asText()).startsWith("A bread needs flour").doesNotContain("boats");
    assertThat(best.at("/chunk/position").asInt()).isPositive();
    String document = (options.contains("title") ? "Life " : "") + SEA + "\n\n" + BREAD;
    assertThat(document.substring(best.at("/chunk/start").asInt(), best.at("/chunk/end").asInt()))
        .isEqualTo(best.get("text").asText());

    JsonNode chunks = search(table, "--k", "3", "--group-by", "none");
    assertThat(ids(chunks)).contains("both", "both");
    assertThat(chunks.get(0)).isEqualTo(best);
    assertThat(chunks.get(1).at("/chunk/position")).isNotEqualTo(best.at("/chunk/position"));
  }

  @Test
  void documentsWhoseKeysLookTheSameInARowAreTwo() throws IOException {
    Path rows = directory.resolve("keys.jsonl");
    Files.writeString(
        rows,
        "{\"a\":\"x,y\",\"b\":\"z\",\"text\":\"bread\"}\n{\"a\":\"x\",\"b\":\"y,z\",\"text\":\"loaf\"}\n");
    Path table = directory.resolve("keys");
    Cli.Result result =
        Cli.run(
            "embed",
            "--input",
            rows.toString(),
            "--output",
            table.toString(),
            "--id-column",
            "a,b",
            "--chunk");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(ids(search(table, "--k", Integer.toString(Integer.MAX_VALUE))))
        .containsExactly("x,y,z", "x,y,z");
  }

  @Test
  void linesShowThePlace() {
    Path table = embedded("lines");
    Cli.Result result =
        Cli.run("search", "--vectors", table.toString(), "--query", "baking a loaf", "--k", "1");
    assertThat(result.out()).containsPattern("   1  0\\.\\d{4}  both \\[\\d+-\\d+]  A bread needs");
  }

  @Test
  void estimateCountsTheChunksThatEmbedMakes() throws IOException {
    Path table = embedded("estimated", "--chunk-title", "title");
    List<org.apache.spark.sql.Row> rows =
        Cli.spark().read().format("delta").load(table.toString()).select("tokens").collectAsList();
    Cli.Result result =
        Cli.run(
            "estimate",
            "--input",
            input.toString(),
            "--chunk",
            "--chunk-tokens",
            "48",
            "--chunk-overlap",
            "0",
            "--chunk-title",
            "title",
            "--json");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(result.out());
    assertThat(report.get("chunks").asInt()).isEqualTo(rows.size());
    assertThat(report.get("tokens").asInt())
        .isEqualTo(rows.stream().mapToInt(row -> row.getInt(0)).sum());
    assertThat(report.get("truncated_percent").asDouble()).isZero();
  }

  @Test
  void evaluationScoresDocumentsByTheirBestChunk() throws IOException {
    Path folder = directory.resolve("beir");
    Files.createDirectories(folder.resolve("qrels"));
    String filler = "Nothing happened in the village on that day, as on all others. ".repeat(60);
    Files.writeString(
        folder.resolve("corpus.jsonl"),
        """
        {"_id":"long","title":"Village","text":"%s %s"}
        {"_id":"oven","title":"","text":"An oven stood in the corner of a kitchen."}
        {"_id":"empty","title":"","text":""}
        """
            .formatted(filler, BREAD.strip()));
    Files.writeString(
        folder.resolve("queries.jsonl"), "{\"_id\":\"q\",\"text\":\"what goes into a bread\"}\n");
    Files.writeString(folder.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq\tlong\t1\n");
    JsonNode whole = evaluation(folder, "whole");
    JsonNode chunked = evaluation(folder, "chunked", "--chunk", "--chunk-tokens", "64");
    assertThat(whole.at("/metrics/NDCG@1").asDouble()).isZero();
    assertThat(chunked.at("/metrics/NDCG@1").asDouble()).isEqualTo(1);
    JsonNode report = chunked.at("/evaluations/0");
    assertThat(report.at("/counts/documents").asInt()).isEqualTo(3);
    assertThat(report.at("/chunking/tokens").asInt()).isEqualTo(64);
    assertThat(report.at("/chunking/overlap").asInt()).isEqualTo(8);
    assertThat(whole.at("/evaluations/0").has("chunking")).isFalse();
    assertThat(Files.readAllLines(directory.resolve("chunked/run.trec"))).hasSize(3);
  }

  private static JsonNode evaluation(Path folder, String output, String... more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--dataset",
                folder.toString(),
                "--output",
                directory.resolve(output).toString(),
                "--json"));
    arguments.addAll(List.of(more));
    Cli.Result result = Cli.run(arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }
}
