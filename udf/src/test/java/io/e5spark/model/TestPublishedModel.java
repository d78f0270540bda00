package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestPublishedModel {
  @Test
  void namesAreThoseOfTheirRepositories() {
    assertThat(PublishedModel.named("e5-large-unsupervised"))
        .contains(PublishedModel.E5_LARGE_UNSUPERVISED);
    assertThat(PublishedModel.named("intfloat/e5-base-v2")).contains(PublishedModel.E5_BASE_V2);
    assertThat(BuiltInModel.named("intfloat/e5-small-v2")).contains(BuiltInModel.E5_SMALL_V2);
    assertThat(PublishedModel.named("other/e5-base-v2")).isEmpty();
    assertThat(PublishedModel.named("E5_LARGE")).isEmpty();
    assertThat(PublishedModel.E5_BASE_V2).hasToString("e5-base-v2");
  }

  @Test
  void otherShapesAreRefused() {
    PublishedModel.E5_BASE.requireDimension(768);
    PublishedModel.E5_BASE.requireShape(12, 768);
    assertThatThrownBy(() -> PublishedModel.E5_BASE.requireDimension(384))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gives vectors of dimension 384 (must be 768)");
    assertThatThrownBy(() -> PublishedModel.E5_BASE.requireShape(24, 768))
        .hasMessage("it has 24 layers and dimension 768 (e5-base has 12 and 768)");
  }

  @Test
  void instructionsNameTheFilesAndTheCommand() {
    assertThat(PublishedModel.E5_BASE.instructions("/models/e5-base"))
        .startsWith("put config.json, tokenizer.json, model.safetensors, ")
        .endsWith("model import --from DIR --to /models/e5-base");
  }
}
