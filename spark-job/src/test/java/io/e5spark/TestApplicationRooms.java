package io.e5spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the dependencies between the application's rooms. Each line is a room with its arrows. */
class TestApplicationRooms {
  private static final House HOUSE = new House();
  private static final String SPARK = "org.apache.spark.. org.apache.hadoop.. scala.. org.slf4j..";
  private static final Set<String> LIBRARY =
      Set.of(
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "platform    |                                                                          | io.delta..",
        "source      | platform                                                                 | io.delta.. com.fasterxml.jackson.. org.apache.parquet..",
        "chunked     | chunk config sql platform source                                         |",
        "table       | chunked config vector model lists platform source                                      | io.delta.. org.apache.parquet..",
        "report      | config embed platform                                                    | com.fasterxml.jackson.. com.sun.management",
        "search      | chunked config vector model embed nearest lists cluster sql sql.expression platform source table metric | com.fasterxml.jackson..",
        "index       | vector onnx lists sql platform report table | com.samskivert..",
        "ingest      | chunk chunked config vector model embed cluster sql platform source table report       | com.fasterxml.jackson..",
        "eval        | chunk chunked config vector model embed cluster sql platform source table report metric search | com.fasterxml.jackson.. com.univocity..",
        "eval.report | config platform source table report metric search eval                   | com.fasterxml.jackson.. com.samskivert.. org.apache.commons.math3..",
        "mteb.random |                                                                          | org.apache.commons.math3..",
        "mteb.score  | metric                                                                   | org.apache.commons.math3..",
        "mteb.learn  | mteb.random mteb.score                                                   | org.apache.commons.math3..",
        "mteb.folder | platform source                                                                 | com.fasterxml.jackson..",
        "mteb.input  | config vector model platform source table eval mteb.folder mteb.learn          |",
        "mteb.task   | config embed cluster platform report eval mteb.folder mteb.learn mteb.score mteb.input | org.apache.commons.math3..",
        "mteb.report | mteb.folder mteb.task platform report                                    | com.fasterxml.jackson.. com.samskivert..",
        "estimate    | chunk chunked config embed cluster sql platform source report                                   | com.fasterxml.jackson..",
        "doctor      | config model embed cluster onnx onnx.cuda platform                                |",
        "benchmark   | config vector model embed cluster sql onnx platform source table report ingest search index | com.fasterxml.jackson.. org.apache.commons.math3..",
        "job.option  | chunk chunked config model cluster source table ingest eval metric report                        | picocli..",
        "job.session | config sql platform job.option                                                   | org.apache.logging.log4j..",
        "job.script  |                                                                          | org.antlr..",
        "importer    | config model model.card onnx embed importer.checkpoint importer.graph                    | com.google.gson.. org.apache.commons.math3..",
        "importer.checkpoint | model                                                            | com.google.gson.. com.google.protobuf.. ai.onnx.proto.. ai.onnxruntime..",
        "importer.graph | config model onnx importer.checkpoint                                 | com.google.protobuf.. ai.onnx.proto.. ai.onnxruntime..",
      })
  void rooms(String room, String rooms, String libraries) {
    HOUSE.check(
        room, rooms == null ? "" : rooms, SPARK + (libraries == null ? "" : " " + libraries));
  }

  @Test
  void metricsArePlainJava() {
    HOUSE.check("metric", "", "");
  }

  @Test
  void nothingKnowsTheCommands() {
    for (String room : HOUSE.files().keySet()) {
      if (!room.startsWith("job")) {
        HOUSE.checkUsers("io.e5spark.job..", "job\\..*");
      }
    }
  }

  @Test
  void deltaIsUsedWhereTablesAreReadAndWritten() {
    HOUSE.checkUsers("io.delta..", "platform\\..* source\\..* table\\..*");
    HOUSE.checkUsers("org.apache.spark.sql.delta..", "platform\\..* source\\..* table\\..*");
  }

  @Test
  void noRoomIsInBothModules() {
    Set<String> application =
        HOUSE.files().keySet().stream()
            .filter(room -> !LIBRARY.contains(room))
            .collect(Collectors.toSet());
    assertThat(application)
        .containsExactlyInAnyOrder(
            "platform",
            "source",
            "chunked",
            "table",
            "report",
            "ingest",
            "search",
            "index",
            "metric",
            "eval",
            "eval.report",
            "mteb.random",
            "mteb.score",
            "mteb.learn",
            "mteb.folder",
            "mteb.input",
            "mteb.task",
            "mteb.report",
            "estimate",
            "doctor",
            "benchmark",
            "importer",
            "importer.checkpoint",
            "importer.graph",
            "job",
            "job.option",
            "job.script",
            "job.session");
  }

  @Test
  void noRoomIsCrowded() {
    HOUSE.files().forEach((room, files) -> assertThat(files).as(room).isLessThanOrEqualTo(25));
  }

  /** A metric and the list of all metrics depend on each other. */
  @Test
  void noFilesDependOnEachOtherButMetrics() {
    assertThat(HOUSE.circles())
        .allSatisfy(circle -> assertThat(circle).allMatch(file -> file.startsWith("metric.")));
  }
}
