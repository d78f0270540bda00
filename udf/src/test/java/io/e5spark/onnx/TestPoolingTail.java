package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.Pooling;
import io.e5spark.model.Sha256;
import org.junit.jupiter.api.Test;

/**
 * Tests that the bytes of the tail stay the same, because the fingerprints of stored vectors depend
 * on them.
 */
class TestPoolingTail {
  private static String sha256(Pooling pooling, boolean normalize) {
    return Sha256.of(new PoolingTail(pooling, normalize).behind("x"));
  }

  @Test
  void bytesOfTheMeanNeverChange() {
    assertThat(sha256(Pooling.MEAN, true))
        .isEqualTo("360712daa8d024bbe0988da5fcd7a8034fe45c097d1672f16ed2ff2d29c9fe1c");
    assertThat(sha256(Pooling.MEAN, false))
        .isEqualTo("ba430cd61f89ade5998cda424f662304601406ba411767a2b3815a3cb6cf7c87");
  }

  @Test
  void bytesOfTheFirstTokenNeverChange() {
    assertThat(sha256(Pooling.CLS, true))
        .isEqualTo("1f5ccde5d94a1ea7ecc4a7e70ad120b94bdf36fbbbaca4ca4c176263422d99ea");
    assertThat(sha256(Pooling.CLS, false))
        .isEqualTo("0925cdd991fbdb84d938ba11f160132559bb3afd6a118b2a459290c5cf1716ce");
  }
}
