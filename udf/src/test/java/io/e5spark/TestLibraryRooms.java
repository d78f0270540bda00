package io.e5spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the dependencies between the library's rooms. Each line is a room with its arrows. */
class TestLibraryRooms {
  private static final House HOUSE = new House();
  private static final String SPARK = "org.apache.spark.. scala.. org.slf4j..";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config    |                                    |",
        "chunk     |                                    |",
        "vector    | config                             | scala.collection.. ai.onnxruntime.platform..",
        "model.card |                                   | com.google.gson..",
        "model     | config model.card                  | com.google.gson.. org.slf4j..",
        "onnx.cuda |                                    | com.sun.jna.. org.slf4j..",
        "model.tokenizer | model                        | com.google.gson..",
        "embed     | chunk config vector model model.tokenizer onnx | ai.djl.."
            + " com.github.benmanes.caffeine.. org.slf4j..",
      })
  void roomsWithoutSpark(String room, String rooms, String libraries) {
    HOUSE.check(room, orEmpty(rooms), orEmpty(libraries));
  }

  @Test
  void onnxKnowsItsRuntime() {
    HOUSE.check(
        "onnx",
        "config vector model onnx.cuda",
        "ai.onnxruntime.. ai.onnx.proto.. com.google.protobuf.. com.sun.jna.. org.slf4j..");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster      | chunk config model embed onnx                    | org.apache.hadoop.."
            + " com.github.benmanes.caffeine..",
        "nearest | onnx |",
        "lists | | com.github.benmanes.caffeine..",
        "sql.expression | chunk config vector model embed cluster |",
        "sql.node | config model embed cluster nearest sql.expression |",
        "sql.guard | sql.expression sql.node |",
        "sql.table | config model embed cluster lists sql.expression sql.node | org.apache.hadoop..",
        "sql.catalyst | config sql.expression sql.node sql.guard sql.table |",
        "sql | chunk config embed cluster sql.expression sql.node sql.table sql.catalyst | com.codahale.metrics..",
      })
  void roomsOfSpark(String room, String rooms, String libraries) {
    HOUSE.check(room, orEmpty(rooms), SPARK + " " + orEmpty(libraries));
  }

  private static String orEmpty(String words) {
    return words == null ? "" : words;
  }

  @Test
  void tokenizersAreUsedInOneClass() {
    HOUSE.checkUsers("ai.djl..", "embed.TextTokenizer");
  }

  @Test
  void thereAreNoOtherRooms() {
    assertThat(HOUSE.files().keySet())
        .containsExactlyInAnyOrder(
            "config",
            "chunk",
            "vector",
            "model",
            "model.card",
            "model.tokenizer",
            "onnx",
            "onnx.cuda",
            "embed",
            "cluster",
            "nearest",
            "lists",
            "sql.expression",
            "sql.node",
            "sql.guard",
            "sql.table",
            "sql.catalyst",
            "sql");
  }

  @Test
  void noRoomIsCrowded() {
    HOUSE.files().forEach((room, files) -> assertThat(files).as(room).isLessThanOrEqualTo(25));
  }

  @Test
  void noFilesDependOnEachOther() {
    assertThat(HOUSE.circles()).isEmpty();
  }
}
