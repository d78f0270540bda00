package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestSourceProperties {
  @Test
  void sourceComesBackWithoutTheColumnsThatItCarriesOver() {
    TextSource source =
        new TextSource(
            "s3a://bucket/articles",
            SourceFormat.JSON,
            List.of("id", "part"),
            List.of("title", "text"),
            List.of("date"));
    Map<String, String> properties = SourceProperties.of(source);
    assertThat(properties)
        .containsEntry("e5.source", "s3a://bucket/articles")
        .containsEntry("e5.source-format", "json")
        .containsEntry("e5.id-columns", "id,part")
        .containsEntry("e5.text-columns", "title,text");
    TextSource read = SourceProperties.source(properties).orElseThrow();
    assertThat(read.input()).isEqualTo(source.input());
    assertThat(read.format()).isEqualTo(SourceFormat.JSON);
    assertThat(read.idColumns()).isEqualTo(source.idColumns());
    assertThat(read.textColumns()).isEqualTo(source.textColumns());
    assertThat(read.keepColumns()).isEmpty();
  }

  @Test
  void tableThatNamesNoSourceHasNone() {
    assertThat(SourceProperties.source(Map.of("e5.model", "e5-small-v2"))).isEmpty();
  }
}
