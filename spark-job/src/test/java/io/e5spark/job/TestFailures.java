package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.tables.DeltaTable;
import io.e5spark.model.BuiltInModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests texts that cannot be embedded, with an e5-small-v2 in which the embedding of one word is
 * broken.
 */
class TestFailures {
  private static final int DIMENSION = 384;
  private static final int VOCABULARY = 30_522;

  /**
   * The protocol buffer tag of the raw data of an ONNX tensor. The length and the bytes follow it.
   */
  private static final byte RAW_DATA = 0x4a;

  @TempDir static Path model;
  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeAll
  static void breakModel() throws IOException {
    byte[] tokenizer = bytes("tokenizer.json");
    Files.write(model.resolve("tokenizer.json"), tokenizer);
    JsonNode vocabulary = new ObjectMapper().readTree(tokenizer).at("/model/vocab");
    byte[] graph = bytes("model.onnx");
    int words = wordEmbeddings(graph);
    ByteBuffer.wrap(graph)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(words + vocabulary.get("zebra").asInt() * DIMENSION * Float.BYTES, Float.NaN);
    Files.write(model.resolve("model.onnx"), graph);
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in = BuiltInModel.E5_SMALL_V2.open(file)) {
      return in.readAllBytes();
    }
  }

  /** Returns the offset of the bytes of the only tensor of this size. */
  private static int wordEmbeddings(byte[] graph) {
    int size = VOCABULARY * DIMENSION * Float.BYTES;
    byte[] head = new byte[5];
    head[0] = RAW_DATA;
    for (int i = 1; i < head.length; i++) {
      int more = i < head.length - 1 ? 0x80 : 0;
      head[i] = (byte) (more | ((size >>> (7 * (i - 1))) & 0x7f));
    }
    for (int i = 0; ; i++) {
      if (java.util.Arrays.equals(graph, i, i + head.length, head, 0, head.length)) {
        return i + head.length;
      }
    }
  }

  @BeforeEach
  void writeRows() throws IOException {
    input = directory.resolve("rows.jsonl");
    output = directory.resolve("vectors");
    Files.writeString(
        input,
        """
        {"id":1,"text":"a horse"}
        {"id":2,"text":"a zebra in the grass"}
        {"id":3,"text":"grass"}
        {"id":4,"text":"zebra"}
        """);
  }

  private Cli.Result embed(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "embed",
                "--input",
                input.toString(),
                "--output",
                output.toString(),
                "--model",
                model.toString(),
                "--json"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private List<Row> rows() {
    return DeltaTable.forPath(Cli.spark(), output.toString()).toDF().orderBy("id").collectAsList();
  }

  private List<Row> runs() {
    return Cli.spark()
        .read()
        .format("delta")
        .load(output + "_runs")
        .orderBy("started")
        .collectAsList();
  }

  @Test
  void failingTextEndsTheJobWithItsReason() {
    Cli.Result result = embed();
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().strip())
        .matches(
            "e5-spark: Cannot embed id=(2 text 'a zebra in the grass'|4 text 'zebra'): Invalid vector: the model returned a component that is not a number");
    assertThat(DeltaTable.isDeltaTable(Cli.spark(), output.toString())).isFalse();
    output = directory.resolve("merged");
    Cli.Result merged = embed("--mode", "merge");
    assertThat(merged.err())
        .containsPattern("Cannot embed id=[24] text .(a )?zebra.*': Invalid vector");
    assertThat(rows()).isEmpty();
    Row run = runs().get(0);
    assertThat(run.<String>getAs("outcome")).isEqualTo("failed");
    assertThat(merged.err()).contains("e5-spark: " + run.<String>getAs("error"));
  }

  @Test
  void failingTextsAreKeptWithTheirReasons() throws IOException {
    Cli.Result result = embed("--set", "on-error=null", "--max-errors", "2");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(new ObjectMapper().readTree(result.out()).at("/rows/failed").asInt()).isEqualTo(2);
    List<Row> rows = rows();
    for (Row row : rows) {
      boolean zebra = row.<Long>getAs("id") % 2 == 0;
      assertThat(row.isNullAt(row.fieldIndex("embedding"))).isEqualTo(zebra);
      assertThat(row.<String>getAs("embedding_error") != null).isEqualTo(zebra);
    }
    Row run = runs().get(0);
    assertThat(run.<String>getAs("outcome")).isEqualTo("done");
    assertThat(run.<Row>getAs("report").<Row>getAs("rows").<Long>getAs("failed")).isEqualTo(2);
    assertThat(run.<Row>getAs("settings").<String>getAs("on_error")).isEqualTo("NULL");
    assertThat(run.<Row>getAs("versions").<String>getAs("spark")).isEqualTo(Cli.spark().version());
  }

  @Test
  void tooManyFailuresCommitNothing() {
    for (String mode : List.of("overwrite", "merge")) {
      Cli.Result result = embed("--set", "on-error=null", "--max-errors", "1", "--mode", mode);
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err())
          .contains(
              "Cannot commit: 2 texts could not be embedded (at most 1 may fail), for example")
          .contains("\"id\" : ");
    }
    assertThat(rows()).isEmpty();
    Cli.Result pointless = embed("--max-errors", "1");
    assertThat(pointless.code()).isEqualTo(2);
    assertThat(pointless.err())
        .contains(
            "Invalid max-errors: 1 (must be left out where the first failed text ends the job");
  }

  @Test
  void theBatchesOfAStreamShareTheLimit() throws IOException {
    input = Files.createDirectory(directory.resolve("rows"));
    for (int i = 0; i < 2; i++) {
      Files.writeString(input.resolve(i + ".jsonl"), "{\"id\":%d,\"text\":\"zebra\"}".formatted(i));
    }
    List<String> stream =
        new ArrayList<>(List.of("--mode", "merge", "--stream", "--until-done", "--batch-files"));
    stream.addAll(List.of("1", "--set", "on-error=null", "--max-errors", "1"));
    Cli.Result result = embed(stream.toArray(String[]::new));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("Batch 0: 1 row written", "Cannot commit: 2 texts could not be");
    assertThat(rows()).hasSize(1);
  }

  @Test
  void failedTextsAreTriedAgainByTheNextMerge() throws IOException {
    Cli.Result first = embed("--set", "on-error=null", "--mode", "merge");
    assertThat(first.code()).as(first.err()).isZero();
    Files.writeString(
        input,
        """
        {"id":1,"text":"a horse"}
        {"id":2,"text":"a zebra in the grass"}
        {"id":3,"text":"grass"}
        {"id":4,"text":"grass"}
        """);
    Cli.Result second = embed("--set", "on-error=null", "--mode", "merge");
    JsonNode report = new ObjectMapper().readTree(second.out());
    assertThat(report.at("/merge/unchanged").asInt()).isEqualTo(2);
    assertThat(report.at("/merge/reused").asInt()).isEqualTo(1);
    assertThat(report.at("/rows/failed").asInt()).isEqualTo(1);
    assertThat(rows().get(3).<String>getAs("embedding_error")).isNull();
    assertThat(rows().get(3).isNullAt(rows().get(3).fieldIndex("embedding"))).isFalse();
  }
}
