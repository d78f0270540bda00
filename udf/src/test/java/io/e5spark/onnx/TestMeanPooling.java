package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.Sha256;
import org.junit.jupiter.api.Test;

/** The bytes are part of what fingerprints of stored vectors stand for. */
class TestMeanPooling {
  @Test
  void bytesNeverChange() {
    assertThat(Sha256.of(MeanPooling.tail("x", true)))
        .isEqualTo("360712daa8d024bbe0988da5fcd7a8034fe45c097d1672f16ed2ff2d29c9fe1c");
    assertThat(Sha256.of(MeanPooling.tail("x", false)))
        .isEqualTo("ba430cd61f89ade5998cda424f662304601406ba411767a2b3815a3cb6cf7c87");
  }
}
