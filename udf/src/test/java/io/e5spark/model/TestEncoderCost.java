package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TestEncoderCost {
  @Test
  void weightsOfALayerAreFourSquaresAndTwoWideProducts() {
    assertThat(EncoderCost.of(1, 2, 8)).isEqualTo(new EncoderCost(2 * (4 * 4 + 2 * 16), 8));
  }

  @Test
  void largeModelsDoNotOverflow() {
    assertThat(EncoderCost.of(100, 100_000, 400_000).perToken()).isEqualTo(24_000_000_000_000L);
  }

  @Test
  void attentionGrowsWithTheText() {
    EncoderCost cost = new EncoderCost(100, 3);
    assertThat(cost.operations(10)).isEqualTo(130);
  }

  @Test
  void publishedModelIsKnownByItsName() {
    ModelFiles files = new ModelDirectory("e5-small-v2", Path.of("/nowhere"));
    assertThat(EncoderCost.of(files)).contains(EncoderCost.of(12, 384, 4 * 384));
    assertThat(EncoderCost.of(ModelDirectory.at(Path.of("/nowhere")))).isEmpty();
  }
}
