package io.e5spark.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestChunking {
  @ParameterizedTest
  @CsvSource({
    "31, 0, Invalid chunk-tokens: 31 (must be from 32 to 512)",
    "600, 0, Invalid chunk-tokens: 600 (must be from 32 to 512)",
    "256, -1, Invalid chunk-overlap: -1 (must be from 0 to 128)",
    "256, 129, Invalid chunk-overlap: 129 (must be from 0 to 128)",
    "33, 17, Invalid chunk-overlap: 17 (must be from 0 to 16)"
  })
  void wrongNumbersAreRefused(int tokens, int overlap, String message) {
    assertThatThrownBy(() -> new Chunking(tokens, overlap))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void usualOverlapIsAnEighth() {
    assertThat(Chunking.of(256)).isEqualTo(new Chunking(256, 32));
    assertThat(Chunking.of(100)).isEqualTo(new Chunking(100, 12));
    assertThatThrownBy(() -> Chunking.of(-5))
        .hasMessage("Invalid chunk-tokens: -5 (must be from 32 to 512)");
  }

  @Test
  void modelMustReadChunksWhole() {
    new Chunking(256, 0).requireWithin(256);
    assertThatThrownBy(() -> new Chunking(257, 0).requireWithin(256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid chunk-tokens: 257 (must be from 32 to 256)");
    assertThatThrownBy(() -> new Chunking(32, 0).requireWithin(16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid max-tokens: 16 (must be at least 32 for chunks)");
  }
}
