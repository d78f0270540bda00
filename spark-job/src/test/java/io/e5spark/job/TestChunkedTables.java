package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests tables with a row per chunk: they are written, kept equal to their documents, and not mixed
 * with other chunks.
 */
class TestChunkedTables {
  private static final List<String> CHUNK =
      List.of("--chunk", "--chunk-tokens", "32", "--chunk-overlap", "4");

  @TempDir Path directory;
  private final Map<String, String> source = new TreeMap<>();
  private Path input;
  private Path output;

  @BeforeEach
  void names() {
    input = directory.resolve("rows.jsonl");
    output = directory.resolve("vectors");
    source.put("long", document(1, 12));
    source.put("short", "Salt dissolves.");
    source.put("empty", " ");
  }

  /** Returns numbered sentences, two per paragraph. */
  private static String document(int first, int sentences) {
    return IntStream.range(first, first + sentences)
        .mapToObj(
            n ->
                "In chapter "
                    + n
                    + " the river number "
                    + n
                    + " flows to the sea."
                    + (n % 2 == 0 ? "\n\n" : " "))
        .collect(Collectors.joining());
  }

  private Cli.Result embed(Path to, String... more) throws IOException {
    ObjectMapper json = new ObjectMapper();
    StringBuilder lines = new StringBuilder("{\"id\":\"null\",\"text\":null,\"title\":\"T\"}\n");
    for (Map.Entry<String, String> row : source.entrySet()) {
      lines.append(
          json.writeValueAsString(
                  Map.of("id", row.getKey(), "text", row.getValue(), "title", "On " + row.getKey()))
              + "\n");
    }
    Files.writeString(input, lines);
    List<String> arguments =
        new ArrayList<>(
            List.of("embed", "--input", input.toString(), "--output", to.toString(), "--json"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static String[] chunked(String... more) {
    List<String> all = new ArrayList<>(CHUNK);
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private JsonNode merge(String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("--mode", "merge"));
    all.addAll(Arrays.asList(more));
    Cli.Result result = embed(output, chunked(all.toArray(String[]::new)));
    assertThat(result.code()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  private static List<Row> rows(Path table) {
    return Cli.spark()
        .read()
        .format("delta")
        .load(table.toString())
        .orderBy("id", "position")
        .collectAsList();
  }

  private void isLikeNew() throws IOException {
    Path fresh = directory.resolve("fresh");
    assertThat(embed(fresh, chunked()).code()).isZero();
    List<Row> expected = rows(fresh);
    List<Row> actual = rows(output);
    assertThat(actual.stream().map(TestChunkedTables::place).toList())
        .isEqualTo(expected.stream().map(TestChunkedTables::place).toList());
    for (int i = 0; i < actual.size(); i++) {
      List<Float> ours = actual.get(i).getList(actual.get(i).fieldIndex("embedding"));
      List<Float> theirs = expected.get(i).getList(expected.get(i).fieldIndex("embedding"));
      for (int d = 0; d < ours.size(); d++) {
        assertThat(ours.get(d)).isCloseTo(theirs.get(d), within(1e-6f));
      }
    }
  }

  private static List<Object> place(Row row) {
    return List.of(
        row.getAs("id"),
        row.getAs("position"),
        row.getAs("start"),
        row.getAs("end"),
        row.getAs("tokens"));
  }

  private static String counts(JsonNode report) {
    JsonNode merge = report.get("merge");
    return "%d embedded, %d written, %d reused, %d unchanged, %d deleted, %d surplus, %d slices"
        .formatted(
            report.at("/rows/embedded").asInt(),
            merge.get("written").asInt(),
            merge.get("reused").asInt(),
            merge.get("unchanged").asInt(),
            merge.get("deleted").asInt(),
            merge.get("surplus").asInt(),
            merge.get("slices").asInt());
  }

  @Test
  void tableHasARowPerChunkWithItsPlaceAndItsText() throws IOException {
    Cli.Result result = embed(output, chunked("--keep-columns", "text", "--chunk-title", "title"));
    assertThat(result.code()).as(result.err()).isZero();
    List<Row> rows = rows(output);
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly("id", "text", "title", "position", "start", "end", "tokens", "embedding");
    assertThat(rows).hasSizeGreaterThan(6);
    int position = 0;
    for (Row row : rows) {
      String id = row.getAs("id");
      String text = source.get(id);
      assertThat(id).isIn("long", "short");
      position = id.equals("long") ? position : 0;
      assertThat(row.<Integer>getAs("position")).isEqualTo(position++);
      assertThat(row.<String>getAs("text"))
          .isEqualTo(text.substring(row.<Integer>getAs("start"), row.<Integer>getAs("end")));
      assertThat(row.<Integer>getAs("tokens")).isLessThanOrEqualTo(32);
      assertThat(row.<String>getAs("title")).isEqualTo("On " + id);
      assertThat(row.getList(row.fieldIndex("embedding"))).hasSize(384);
    }
  }

  @Test
  void anotherChunkingIsRefused() throws IOException {
    assertThat(embed(output, chunked()).code()).isZero();
    int rows = rows(output).size();
    assertThat(embed(output, chunked("--mode", "append")).code()).isZero();
    assertThat(rows(output)).hasSize(2 * rows);
    for (String[] other :
        new String[][] {
          {"--chunk", "--chunk-tokens", "64", "--chunk-overlap", "4"},
          {"--chunk", "--chunk-tokens", "32", "--chunk-overlap", "0"},
          chunked("--chunk-title", "title"),
          {}
        }) {
      List<String> all = new ArrayList<>(List.of("--mode", "append"));
      all.addAll(List.of(other));
      Cli.Result result = embed(output, all.toArray(String[]::new));
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err())
          .contains("Cannot add to table " + output)
          .contains(
              "its vectors have chunks of at most 32 tokens, overlap 4 (model e5-small-v2), and this job has chunks ")
          .contains("use another --output, or --mode overwrite");
    }
    Path whole = directory.resolve("whole");
    assertThat(embed(whole).code()).isZero();
    assertThat(embed(whole, chunked("--mode", "append")).err())
        .contains(
            "its vectors have chunks none (model e5-small-v2), and this job has chunks of at most 32");
  }

  @Test
  void wrongOptionsAreRefusedBeforeSparkStarts() throws IOException {
    assertThat(embed(output, "--chunk-tokens", "64").err())
        .contains("Invalid option: --chunk-tokens without --chunk (it needs --chunk)");
    assertThat(embed(output, "--chunk", "--chunk-tokens", "600").err())
        .contains("Invalid chunk-tokens: 600 (must be from 32 to 512)");
    assertThat(embed(output, "--chunk", "--set", "max-tokens=128").err())
        .contains("Invalid chunk-tokens: 256 (must be from 32 to 128)");
    assertThat(embed(output, "--chunk", "--chunk-title", "heading").err())
        .contains("column 'heading' is missing");
    assertThat(embed(output, "--chunk", "--id-column", "title", "--vector-column", "start").code())
        .isEqualTo(2);
  }

  @Test
  void mergeEmbedsOnlyChunksWhoseTextChanged() throws IOException {
    JsonNode first = merge();
    int all = rows(output).size();
    assertThat(counts(first))
        .isEqualTo(
            "%d embedded, %d written, 0 reused, 0 unchanged, 0 deleted, 0 surplus, 1 slices"
                .formatted(all, all));
    assertThat(counts(merge()))
        .isEqualTo(
            "0 embedded, 0 written, 0 reused, %d unchanged, 0 deleted, 0 surplus, 0 slices"
                .formatted(all));
    long version =
        DeltaTable.forPath(Cli.spark(), output.toString()).history(1).head().getAs("version");

    // The last sentence changes. Then a new first paragraph moves the other sentences.
    source.put("long", document(1, 11) + "The end is open.");
    JsonNode last = merge();
    assertThat(last.at("/rows/embedded").asInt()).isEqualTo(1);
    assertThat(last.at("/merge/slices").asInt()).isEqualTo(1);
    source.put(
        "long",
        "Before all rivers there was rain upon rain upon rain, and wind, and more rain still.\n\n"
            + document(1, 11)
            + "The end is open.");
    JsonNode moved = merge();
    assertThat(moved.at("/rows/embedded").asInt()).isBetween(1, 2);
    assertThat(moved.at("/merge/reused").asInt()).isGreaterThan(3);
    isLikeNew();

    // A document that becomes shorter loses its surplus chunks in the commit that changes it.
    source.put("long", document(3, 4));
    JsonNode shrunk = merge();
    assertThat(shrunk.at("/merge/surplus").asInt()).isGreaterThan(2);
    assertThat(shrunk.at("/merge/slices").asInt()).isEqualTo(1);
    isLikeNew();
    assertThat(
            DeltaTable.forPath(Cli.spark(), output.toString())
                .history(1)
                .head()
                .<Long>getAs("version"))
        .isEqualTo(version + 3);

    // A document without text has no chunks. A document that vanishes is deleted as in a table
    // without chunks.
    source.put("short", "");
    assertThat(counts(merge()))
        .startsWith("0 embedded, 0 written, 0 reused")
        .endsWith("0 deleted, 1 surplus, 1 slices");
    source.remove("long");
    assertThat(rows(output)).isNotEmpty();
    int left = rows(output).size();
    assertThat(counts(merge("--delete-missing")))
        .endsWith("%d deleted, 0 surplus, 0 slices".formatted(left));
    assertThat(rows(output)).isEmpty();
  }

  @Test
  void randomDocumentsStayEqualToTheirChunks() throws IOException {
    Random random = new Random(31);
    int rounds = Integer.getInteger("e5.chunk-rounds", 1);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < 6; i++) {
        String key = "document " + random.nextInt(12);
        switch (random.nextInt(5)) {
          case 0 -> source.remove(key);
          case 1 -> source.put(key, "");
          case 2 -> source.put(key, document(random.nextInt(9), random.nextInt(12)));
          case 3 -> source.computeIfPresent(key, (same, text) -> "A new beginning. " + text);
          default ->
              source.compute(
                  key,
                  (same, text) -> (text == null ? "" : text) + document(random.nextInt(30), 3));
        }
      }
      JsonNode report = merge("--delete-missing", "--slice-rows", "20");
      int rows = rows(output).size();
      assertThat(report.at("/merge/unchanged").asInt() + report.at("/merge/written").asInt())
          .isEqualTo(rows);
      isLikeNew();
      assertThat(counts(merge("--delete-missing")))
          .isEqualTo(
              "0 embedded, 0 written, 0 reused, %d unchanged, 0 deleted, 0 surplus, 0 slices"
                  .formatted(rows));
    }
  }

  @Test
  void migrationCutsTheSameDocumentsAgain() throws IOException {
    merge();
    List<Row> before = rows(output);
    Cli.Result result =
        Cli.run("migrate", "--vectors", output.toString(), "--set", "max-tokens=128", "--json");
    assertThat(result.code()).as(result.err()).isZero();
    List<Row> after = rows(output);
    assertThat(after.stream().map(TestChunkedTables::place).toList())
        .hasSizeGreaterThan(2)
        .isEqualTo(before.stream().map(TestChunkedTables::place).toList());
    assertThat(after.get(0).<String>getAs("embedding_hash"))
        .isNotEqualTo(before.get(0).<String>getAs("embedding_hash"));
  }

  private static void sql(String statement) {
    Cli.spark().sql(statement);
  }

  private JsonNode stream(Path table) throws IOException {
    Cli.Result result =
        Cli.run(
            "embed",
            "--input",
            table.toString(),
            "--output",
            output.toString(),
            "--mode",
            "merge",
            "--stream",
            "--until-done",
            "--delete-missing",
            "--chunk",
            "--chunk-tokens",
            "32",
            "--chunk-overlap",
            "4",
            "--json");
    assertThat(result.code()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  @Test
  @Tag("slow")
  void streamFollowsDocumentsThatShrinkAndVanish() throws IOException {
    Path table = directory.resolve("source");
    String name = "delta.`" + table + "`";
    sql(
        "CREATE TABLE %s (id STRING, text STRING) USING delta TBLPROPERTIES (delta.enableChangeDataFeed = true)"
            .formatted(name));
    sql(
        "INSERT INTO %s VALUES ('a', '%s'), ('b', '%s')"
            .formatted(name, document(1, 8), document(20, 4)));
    stream(table);
    List<String> places = places();
    assertThat(places).contains("a 0", "a 3", "b 0");
    sql("UPDATE %s SET text = '%s' WHERE id = 'a'".formatted(name, document(1, 2)));
    sql("DELETE FROM %s WHERE id = 'b'".formatted(name));
    JsonNode second = stream(table);
    assertThat(places())
        .allMatch(place -> place.startsWith("a"))
        .hasSizeLessThan(places.size() / 2);
    assertThat(second.at("/merge/surplus").asInt()).isPositive();
    assertThat(second.at("/merge/deleted").asInt()).isPositive();
  }

  private List<String> places() {
    return rows(output).stream()
        .map(row -> row.<String>getAs("id") + " " + row.<Integer>getAs("position"))
        .toList();
  }

  @Test
  @Tag("slow")
  void fewDocumentsOfManyChangeInOneCommit() throws IOException {
    int documents = Integer.getInteger("e5.chunk-documents", 100);
    source.clear();
    for (int i = 0; i < documents; i++) {
      source.put("document " + i, document(100 * i, 6));
    }
    merge();
    int all = rows(output).size();
    int changed = Math.max(1, documents / 100);
    for (int i = 0; i < changed; i++) {
      source.compute(
          "document " + 7 * i, (key, text) -> text.replaceFirst("flows to", "runs down into"));
    }
    JsonNode report = merge();
    assertThat(report.at("/merge/slices").asInt()).isEqualTo(1);
    assertThat(report.at("/merge/unchanged").asInt()).isGreaterThan(all * 97 / 100);
    // A changed sentence changes its chunk, and perhaps the next chunk, which repeats the sentence.
    assertThat(report.at("/rows/embedded").asInt()).isBetween(changed, 2 * changed);
    isLikeNew();
  }
}
