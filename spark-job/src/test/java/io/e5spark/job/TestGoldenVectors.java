package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the vectors of the whole job with those of an implementation that shares no code with
 * ONNX Runtime or the tokenizer library. The file with these vectors lies outside the project.
 */
class TestGoldenVectors {
  private static final Path GOLDEN = Path.of("../../shared/golden/e5-small-v2.json");

  @TempDir Path directory;

  @Test
  void vectorsEqualTheReference() throws IOException {
    assumeTrue(Files.exists(GOLDEN), "skipped: there is no " + GOLDEN);
    JsonNode golden = new ObjectMapper().readTree(GOLDEN.toFile());
    int compared = 0;
    for (String type : List.of("query", "passage")) {
      compared += compare(golden, type);
    }
    assertThat(compared).isEqualTo(golden.size()).isEqualTo(7);
  }

  private int compare(JsonNode golden, String type) throws IOException {
    String prefix = type + ": ";
    List<String> lines = new ArrayList<>();
    Map<Integer, JsonNode> expected = new HashMap<>();
    for (int i = 0; i < golden.size(); i++) {
      String text = golden.get(i).get("text").asText();
      if (text.startsWith(prefix)) {
        expected.put(i, golden.get(i));
        Map<String, Object> row = Map.of("id", i, "text", text.substring(prefix.length()));
        lines.add(new ObjectMapper().writeValueAsString(row));
      }
    }
    Path input = Files.write(directory.resolve(type + ".jsonl"), lines);
    String output = directory.resolve(type).toString();
    Cli.Result result =
        Cli.run(
            "embed",
            "--input",
            input.toString(),
            "--output",
            output,
            "--input-type",
            type,
            "--details");
    assertThat(result.code()).as(result.err()).isZero();
    for (Row row : Cli.spark().read().format("delta").load(output).collectAsList()) {
      assertEqual(row, expected.get(row.<Long>getAs("id").intValue()));
    }
    return expected.size();
  }

  private static void assertEqual(Row row, JsonNode expected) {
    assertThat(row.<Integer>getAs("embedding_tokens")).isEqualTo(expected.get("token_ids").size());
    List<Float> vector = row.getList(row.fieldIndex("embedding"));
    for (int i = 0; i < vector.size(); i++) {
      assertThat(vector.get(i).doubleValue())
          .isCloseTo(expected.get("embedding").get(i).asDouble(), within(1e-5));
    }
  }
}
