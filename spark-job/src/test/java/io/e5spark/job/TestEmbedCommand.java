package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.tables.DeltaTable;
import io.e5spark.model.BuiltInModel;
import io.e5spark.platform.TableLocation;
import io.e5spark.table.VectorTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the whole job with the real model, as a user runs it. */
class TestEmbedCommand {
  private static final String ROWS =
      """
      {"id":"a","title":"Bread","text":"Flour, water, salt and time."}
      {"id":"b","title":"","text":"  A chain needs oil.  "}
      {"id":"c","title":null,"text":null}
      {"id":"d","title":null,"text":""}
      {"id":"e","title":"Bread","text":"Flour, water, salt and time."}
      {"id":"f","title":null,"text":"query: a doubled prefix"}
      {"id":"g","title":null,"text":"😀 naïve 漢字"}
      """;

  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void writeRows() throws IOException {
    input = directory.resolve("rows.jsonl");
    output = directory.resolve("vectors");
    Files.writeString(input, ROWS);
  }

  private Cli.Result embed(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("embed", "--input", input.toString(), "--output", output.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Map<String, Row> rows() {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : Cli.spark().read().format("delta").load(output.toString()).collectAsList()) {
      rows.put(row.getAs("id"), row);
    }
    return rows;
  }

  private static double[] vector(Row row) {
    return row.<Float>getList(row.fieldIndex("embedding")).stream()
        .mapToDouble(Float::doubleValue)
        .toArray();
  }

  @Test
  void everyRowIsAccountedFor() throws IOException {
    Cli.Result result = embed("--text-columns", "title,text", "--details", "--json");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(result.out());
    assertThat(report.at("/rows").toString())
        .isEqualTo(
            "{\"read\":7,\"embedded\":6,\"nulls\":1,\"failed\":0,\"truncated\":0,\"duplicates\":"
                + report.at("/rows/duplicates").asInt()
                + ",\"prefixed\":1}");
    assertThat(report.at("/device").asText()).isEqualTo("cpu");
    assertThat(report.at("/table_version").asLong()).isZero();
    assertThat(result.err())
        .contains("Warning: 1 text already began with 'query: ' or 'passage: '");

    Map<String, Row> rows = rows();
    assertThat(rows.keySet()).containsExactly("a", "b", "c", "d", "e", "f", "g");
    assertThat(rows.get("c").isNullAt(rows.get("c").fieldIndex("embedding"))).isTrue();
    assertThat(vector(rows.get("a"))).containsExactly(vector(rows.get("e")), within(1e-6));
    assertThat(rows.get("d").<Integer>getAs("embedding_tokens")).isEqualTo(4);
    for (Row row : rows.values()) {
      if (!row.isNullAt(row.fieldIndex("embedding"))) {
        double[] vector = vector(row);
        assertThat(Arrays.stream(vector).map(x -> x * x).sum()).isCloseTo(1, within(1e-5));
        assertThat(row.<Boolean>getAs("embedding_truncated")).isFalse();
      }
    }
  }

  @Test
  void tableSaysWhatItsVectorsAre() {
    assertThat(embed("--input-type", "query", "--id-column", "id").code()).isZero();
    Row detail = DeltaTable.forPath(Cli.spark(), output.toString()).detail().head();
    Map<String, String> properties = detail.getJavaMap(detail.fieldIndex("properties"));
    assertThat(properties)
        .containsEntry("e5.model", "e5-small-v2")
        .containsEntry("e5.dimension", "384")
        .containsEntry("e5.input-type", "query")
        .hasEntrySatisfying("e5.fingerprint", hash -> assertThat(hash).matches("[0-9a-f]{64}"));
    assertThat(Cli.spark().read().format("delta").load(output.toString()).columns())
        .containsExactly("id", "embedding");
  }

  @Test
  void partitioningWindowsAndDuplicatesChangeNoVector() {
    assertThat(embed("--partitions", "1").code()).isZero();
    Map<String, Row> expected = rows();
    List<String[]> variants =
        List.of(
            new String[] {"--partitions", "3"},
            new String[] {"--set", "window-rows=2"},
            new String[] {"--set", "deduplicate=false", "--set", "max-batch-tokens=64"});
    for (String[] variant : variants) {
      assertThat(embed(variant).code()).isZero();
      Map<String, Row> actual = rows();
      for (String id : List.of("a", "b", "d", "e", "f", "g")) {
        assertThat(vector(actual.get(id))).containsExactly(vector(expected.get(id)), within(1e-6));
      }
    }
  }

  @Test
  void appendAddsRowsOfTheSameModelOnly() throws IOException {
    assertThat(embed().code()).isZero();
    Files.writeString(input, "{\"id\":\"h\",\"text\":\"One more.\"}\n");
    assertThat(embed("--mode", "append").code()).isZero();
    assertThat(rows()).hasSize(8);

    Cli.Result otherModel = embed("--mode", "append", "--set", "max-tokens=128");
    assertThat(otherModel.code()).isEqualTo(2);
    assertThat(otherModel.err())
        .startsWith("e5-spark: Cannot add to table ")
        .contains("its vectors were made with max-tokens=512, and this job has max-tokens=128");
    Cli.Result otherType = embed("--mode", "append", "--input-type", "query");
    assertThat(otherType.err())
        .contains("input type passage")
        .contains("this job has input type query");
    Cli.Result otherColumns = embed("--mode", "append", "--details");
    assertThat(otherColumns.err()).contains("it has no column embedding_tokens (to add it: ALTER");
    assertThat(rows()).hasSize(8);
  }

  @Test
  void overwriteReplacesRowsAndKeepsTheUsersProperties() throws IOException {
    assertThat(embed().code()).isZero();
    Cli.spark()
        .sql(
            "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('owner.team' = 'search', 'parquet.enable.dictionary#id' = 'false')"
                .formatted(output));
    Files.writeString(input, "{\"id\":\"h\",\"text\":\"One more.\"}\n");
    assertThat(embed("--set", "max-tokens=128").code()).isZero();
    assertThat(rows()).containsOnlyKeys("h");
    Row detail = DeltaTable.forPath(Cli.spark(), output.toString()).detail().head();
    assertThat(detail.<String, String>getJavaMap(detail.fieldIndex("properties")))
        .containsEntry("owner.team", "search")
        .containsEntry("parquet.enable.dictionary#id", "false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv", "json", "delta"})
  void everyFormatGivesTheSameVectors(String format) {
    assertThat(embed().code()).isZero();
    Map<String, Row> expected = rows();
    Path other = directory.resolve("rows-as-" + format);
    Cli.spark()
        .read()
        .json(input.toString())
        .where("id in ('a', 'b', 'g')")
        .write()
        .format(format)
        .option("header", "true")
        .option("escape", "\"")
        .option("ignoreLeadingWhiteSpace", "false")
        .option("ignoreTrailingWhiteSpace", "false")
        .mode(SaveMode.Overwrite)
        .save(other.toString());
    input = other;
    Cli.Result result = embed();
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(rows()).hasSize(3);
    for (Map.Entry<String, Row> row : rows().entrySet()) {
      assertThat(vector(row.getValue()))
          .containsExactly(vector(expected.get(row.getKey())), within(1e-6));
    }
  }

  @Test
  void catalogTablesAreReadAndWritten() {
    Cli.spark().read().json(input.toString()).createOrReplaceTempView("some_texts");
    Cli.Result result =
        Cli.run("embed", "--input", "some_texts", "--output", "some_vectors", "--limit", "3");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("Warning: the catalog is in memory and ends with this command");
    assertThat(Cli.spark().table("some_vectors").count()).isEqualTo(3);
    Cli.spark().sql("DROP TABLE some_vectors");
  }

  @Test
  void nameThatIsNoIdentifierIsAPath() {
    TableLocation location = new TableLocation(Cli.spark(), "my-vectors");
    assertThat(location.isPath()).isTrue();
    assertThat(location.isForgettable()).isFalse();
    assertThat(new TableLocation(Cli.spark(), "new_vectors").isPath()).isFalse();
    assertThat(new TableLocation(Cli.spark(), "new_vectors").isForgettable()).isTrue();
    assertThat(new TableLocation(Cli.spark(), "some.vectors").isForgettable()).isFalse();
  }

  @Test
  void tableRemembersTheWholePathOfItsModel() throws IOException {
    Path model = Files.createDirectory(input.resolveSibling("model"));
    for (String file : List.of("model.onnx", "tokenizer.json")) {
      try (InputStream in = BuiltInModel.E5_SMALL_V2.open(file)) {
        Files.copy(in, model.resolve(file));
      }
    }
    Path relative = Path.of("").toAbsolutePath().relativize(model.toRealPath());
    Cli.Result embedded = embed("--model", relative.toString(), "--limit", "1");
    assertThat(embedded.code()).as(embedded.err()).isZero();
    assertThat(new VectorTable(Cli.spark(), output.toString()).properties().model())
        .startsWith("/")
        .satisfies(path -> assertThat(Path.of(path).toRealPath()).isEqualTo(model.toRealPath()));
  }

  @Test
  void modelOfTheHubSaysHowToGetIt() {
    Cli.Result published = embed("--model", "intfloat/e5-base-v2", "--set", "model-home=/none");
    assertThat(published.code()).isEqualTo(2);
    assertThat(published.err())
        .contains("there is no directory /none/e5-base-v2", "model import --from DIR --to /none");
    assertThat(embed("--model", "other/encoder").err())
        .contains("https://huggingface.co/other/encoder", "model import");
  }

  @Test
  void manyTextsThatAreCutAreWarnedOf() {
    Cli.Result cut = embed("--set", "max-tokens=5");
    assertThat(cut.code()).as(cut.err()).isZero();
    assertThat(cut.err()).containsPattern("Warning: \\d of \\d texts exceeded 5 tokens");
    assertThat(embed().err()).doesNotContain("exceeded");
  }

  @Test
  void errorsAreOneLineThatNamesTheWayOut() throws IOException {
    assertError(
        2,
        "Cannot read source",
        "column 'body' is missing, found [id, text, title]",
        "--text-columns",
        "body");
    assertError(
        2,
        "Cannot use model nope",
        "neither a built-in model [e5-small-v2] nor a directory",
        "--model",
        "nope");
    assertError(
        2,
        "Cannot use model e5-base-unsupervised: there is no directory",
        "models-here/e5-base-unsupervised (put config.json, tokenizer.json, model.safetensors",
        "--model",
        "e5-base-unsupervised",
        "--set",
        "model-home=" + directory.resolve("models-here"));
    assertError(
        2, "Invalid max-tokens: 600 (must be from 3 to 512)", "", "--set", "max-tokens=600");
    assertError(
        2, "Unknown setting: max-token (did you mean max-tokens?)", "", "--set", "max-token=6");
    assertError(2, "Cannot add column id", "--vector-column", "--vector-column", "id");
    assertError(2, "Invalid limit: -1", "", "--limit", "-1");
    input = directory.resolve("bodies.jsonl");
    Files.writeString(input, "{\"id\":1,\"body\":\"fine\",\"Ticket ID\":7}\n");
    assertError(
        2,
        "Cannot read source",
        "it has no column text, found [Ticket ID, body, id] (name the columns to embed with --text-columns)");
    assertError(
        2,
        "Cannot write to table",
        "Delta takes no column named 'Ticket ID'",
        "--text-columns",
        "body",
        "--keep-columns",
        "Ticket ID");
    input = directory.resolve("missing");
    assertError(2, "Cannot read source", "the path file:");
    input = directory.resolve("broken.jsonl");
    Files.writeString(input, "{\"id\":1,\"text\":\"fine\"}\n{\"id\":2,\"text\":\"not fi\n");
    assertError(2, "Cannot read source", "for example {\"id\":2,\"text\":\"not fi");
  }

  private void assertError(int code, String start, String part, String... more) {
    Cli.Result result = embed(more);
    assertThat(result.code()).as(result.err()).isEqualTo(code);
    assertThat(result.err().strip()).startsWith("e5-spark: " + start).contains(part);
    assertThat(result.err().strip().lines()).hasSize(1);
    assertThat(result.out()).isEmpty();
    assertThat(output.resolve("_delta_log")).doesNotExist();
  }

  @Test
  void outputThatCannotBeWrittenIsFoundBeforeTheWork() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    output = file.resolve("vectors");
    Cli.Result result = embed();
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).startsWith("e5-spark: Cannot write to " + output);

    output = directory.resolve("other");
    Files.createDirectory(output);
    Files.writeString(output.resolve("notes.txt"), "mine");
    result = embed();
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("it holds files that do not belong to a Delta table");
  }

  @Test
  void usageErrorsSuggest() {
    Cli.Result result = Cli.run("embet");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("did you mean embed?");
    assertThat(Cli.run("embed", "--input", "x").err())
        .contains("Missing required option: '--output");
    assertThat(Cli.run("embed", "--help").out()).contains("--text-columns");
  }
}
