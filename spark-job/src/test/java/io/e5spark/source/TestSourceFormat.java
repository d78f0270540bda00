package io.e5spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests {@link SourceFormat} by the names of files, and what {@link JsonLines} rejects. */
class TestSourceFormat {
  @Test
  void endingsTellTheFormat() {
    assertThat(SourceFormat.ofFile("part-0.snappy.parquet")).contains(SourceFormat.PARQUET);
    assertThat(SourceFormat.ofFile("texts.JSONL.gz")).contains(SourceFormat.JSON);
    assertThat(SourceFormat.ofFile("texts.ndjson.zst")).contains(SourceFormat.JSON);
    assertThat(SourceFormat.ofFile("texts.csv")).contains(SourceFormat.CSV);
    assertThat(SourceFormat.ofFile("texts.txt")).isEmpty();
    assertThat(SourceFormat.ofFile("csv.gz")).contains(SourceFormat.CSV);
  }

  @Test
  void adviceFitsTheFile() {
    assertThat(SourceFormat.advice("sales.XLSX")).isEqualTo("save its sheet as CSV");
    assertThat(SourceFormat.advice("thesis.pdf")).isEqualTo("extract its text first");
    assertThat(SourceFormat.advice("texts.tar.gz")).isEqualTo("unpack it first");
    assertThat(SourceFormat.advice("texts.orc")).contains("CREATE TABLE texts USING orc");
    assertThat(SourceFormat.advice("texts.dat"))
        .isEqualTo("name it with --input-format delta|parquet|json|csv|lines|documents");
  }

  @Test
  void namesAreWhatTheCommandLineTakes() {
    assertThat(SourceFormat.names()).isEqualTo("auto|delta|parquet|json|csv|lines|documents");
    assertThat(SourceFormat.AUTO.isDelta()).isTrue();
    assertThat(SourceFormat.JSON.isDelta()).isFalse();
  }

  @Test
  void longLinesAreCutInTheRefusal() {
    assertThat(JsonLines.refusal("source x", " with _id", "y".repeat(200)))
        .hasMessage(
            "Cannot read source x: not every line is a JSON object with _id, for example "
                + "y".repeat(80));
  }
}
