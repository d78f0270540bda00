package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestEmbedding {
  @Test
  void embeddedTextHasAVectorAndNoError() {
    float[] vector = {0.6f, 0.8f};
    Embedding embedding = Embedding.of(vector, 512, true);
    assertThat(embedding.vector()).isSameAs(vector);
    assertThat(embedding.tokens()).isEqualTo(512);
    assertThat(embedding.truncated()).isTrue();
    assertThat(embedding.error()).isNull();
  }

  @Test
  void failedTextHasAnErrorAndNoVector() {
    Embedding embedding = Embedding.failed("Cannot embed");
    assertThat(embedding.vector()).isNull();
    assertThat(embedding.tokens()).isZero();
    assertThat(embedding.truncated()).isFalse();
    assertThat(embedding.error()).isEqualTo("Cannot embed");
  }
}
