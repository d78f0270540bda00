package io.e5spark.chunked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.chunk.Chunking;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.job.TestSession;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestChunkRows {
  private static final StructType DOCUMENTS =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("heading", DataTypes.StringType)
          .add("body", DataTypes.StringType)
          .add(TextSource.TEXT, DataTypes.StringType);
  private static final String BODY = "One sentence of the text stands here. ".repeat(12).strip();

  private static TextSource source(String... textColumns) {
    return new TextSource(
        "texts", SourceFormat.DELTA, List.of("id"), List.of(textColumns), List.of("heading"));
  }

  private static List<Row> chunks(String title, TextSource source, Row... documents) {
    DocumentChunks how = new DocumentChunks(new Chunking(48, 0), title);
    Dataset<Row> rows = TestSession.spark().createDataFrame(List.of(documents), DOCUMENTS);
    return new ChunkRows(how, InputType.PASSAGE, Settings.read(Map.of()))
        .of(rows, source)
        .orderBy("id", DocumentChunks.POSITION)
        .collectAsList();
  }

  @Test
  void eachChunkHasItsPlaceAndItsDocumentsColumns() {
    List<Row> chunks =
        chunks("", source("heading", "body"), RowFactory.create("a", "Salt", BODY, BODY));
    assertThat(chunks).hasSizeGreaterThan(1);
    for (int i = 0; i < chunks.size(); i++) {
      Row chunk = chunks.get(i);
      assertThat(chunk.<Integer>getAs("position")).isEqualTo(i);
      assertThat(chunk.<String>getAs("heading")).isEqualTo("Salt");
      assertThat(chunk.<String>getAs("body")).as("not the one text column").isEqualTo(BODY);
      assertThat(chunk.<String>getAs(TextSource.TEXT))
          .isEqualTo(BODY.substring(chunk.getAs("start"), chunk.getAs("end")));
      assertThat(chunk.<Integer>getAs("tokens")).isBetween(17, 48);
    }
  }

  @Test
  void keptTextIsThatOfTheChunkWithoutTheTitle() {
    List<Row> chunks =
        chunks("heading", source("body"), RowFactory.create("a", "Salt", BODY, BODY));
    assertThat(chunks).hasSizeGreaterThan(1);
    for (Row chunk : chunks) {
      String part = BODY.substring(chunk.getAs("start"), chunk.getAs("end"));
      assertThat(chunk.<String>getAs("body")).isEqualTo(part);
      assertThat(chunk.<String>getAs(TextSource.TEXT)).isEqualTo("Salt " + part);
    }
  }

  @Test
  void documentsWithoutTextHaveNoChunks() {
    Row nothing = RowFactory.create("a", "Salt", null, null);
    Row blank = RowFactory.create("b", "Bread", " \n", " \n");
    Row text = RowFactory.create("c", "Water", "Water.", "Water.");
    assertThat(chunks("", source("body"), nothing, blank, text))
        .extracting(row -> row.<String>getAs("id"))
        .containsExactly("c");
  }

  @Test
  void columnsOfTheChunksNamesAreRefused() {
    Dataset<Row> documents = TestSession.spark().createDataFrame(List.of(), DOCUMENTS);
    assertThatCode(() -> ChunkRows.requireNew(documents)).doesNotThrowAnyException();
    for (String name : Arrays.asList("position", "START", "End", "tokens")) {
      assertThatThrownBy(() -> ChunkRows.requireNew(documents.withColumnRenamed("heading", name)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot add column ")
          .hasMessageContaining("chunks have the columns position, start, end, tokens");
    }
  }
}
