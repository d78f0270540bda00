package io.e5spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

final class TestParquetFooter {
  private static final ParquetFooter FOOTER =
      new ParquetFooter(
          "/in/lang=de/part-0.parquet",
          MessageTypeParser.parseMessageType(
              """
              message spark_schema {
                optional int64 id;
                optional binary Text (STRING);
                optional binary a.b (STRING);
                optional group tags (MAP) {
                  repeated group key_value {
                    required binary key (STRING);
                    optional binary value (STRING);
                  }
                }
                optional group page { optional group body { optional binary words (STRING); } }
              }
              """));

  @Test
  void findsColumnsAsSparkDoes() {
    assertThat(
            FOOTER.missing(
                List.of(
                    "id",
                    "text",
                    "a.b",
                    "page.body.words",
                    "tags.any",
                    "`page.other`.words",
                    "lang")))
        .isEmpty();
  }

  @Test
  void namesTheFirstColumnThatIsMissing() {
    assertThat(FOOTER.missing(List.of("Text", "title", "b")))
        .hasValue(
            "it has no column title, found [id, Text, a.b, tags, page] (name the columns to embed with --text-columns; each file needs them)");
    assertThat(FOOTER.missing(List.of("page.words"))).isPresent();
    assertThat(FOOTER.missing(List.of("text.words"))).isPresent();
    assertThat(FOOTER.missing(List.of("page.body.words.more"))).isPresent();
  }
}
