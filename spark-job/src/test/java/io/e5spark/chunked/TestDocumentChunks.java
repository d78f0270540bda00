package io.e5spark.chunked;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.chunk.Chunking;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestDocumentChunks {
  private static final DocumentChunks CHUNKS = new DocumentChunks(new Chunking(128, 16), "heading");

  @Test
  void propertiesSayHowDocumentsWereCut() {
    assertThat(CHUNKS.toMap())
        .isEqualTo(
            Map.of(
                "e5.chunk-tokens", "128", "e5.chunk-overlap", "16", "e5.chunk-title", "heading"));
    assertThat(DocumentChunks.of(CHUNKS.toMap())).contains(CHUNKS);
    assertThat(DocumentChunks.of(Map.of("e5.model", "m"))).isEmpty();
  }

  @Test
  void peopleReadNumbersAndTitle() {
    assertThat(CHUNKS).hasToString("of at most 128 tokens, overlap 16, title heading");
    assertThat(new DocumentChunks(new Chunking(64, 0), ""))
        .hasToString("of at most 64 tokens, overlap 0");
  }
}
