package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestPublishedModel {
  @Test
  void modelIsKnownByItsNameAndByItsIdOnTheHub() {
    assertThat(PublishedModel.named("e5-large-unsupervised"))
        .contains(PublishedModel.E5_LARGE_UNSUPERVISED);
    assertThat(PublishedModel.named("intfloat/e5-base-v2")).contains(PublishedModel.E5_BASE_V2);
    assertThat(PublishedModel.named("sentence-transformers/all-MiniLM-L6-v2"))
        .contains(PublishedModel.ALL_MINILM_L6_V2);
    assertThat(PublishedModel.named("BAAI/bge-small-en-v1.5"))
        .contains(PublishedModel.BGE_SMALL_EN);
    assertThat(BuiltInModel.named("intfloat/e5-small-v2")).contains(BuiltInModel.E5_SMALL_V2);
    assertThat(PublishedModel.named("other/e5-base-v2")).isEmpty();
    assertThat(PublishedModel.named("intfloat/gte-base")).isEmpty();
    assertThat(PublishedModel.named("E5_LARGE")).isEmpty();
    assertThat(PublishedModel.named("all-minilm-l6-v2")).isEmpty();
    assertThat(PublishedModel.E5_BASE_V2).hasToString("e5-base-v2");
  }

  @Test
  void everyNameFindsItsModel() {
    for (PublishedModel model : PublishedModel.values()) {
      assertThat(PublishedModel.named(model.toString())).contains(model);
      assertThat(PublishedModel.named(model.hubId())).contains(model);
    }
    assertThat(Arrays.stream(PublishedModel.values()).map(PublishedModel::toString))
        .doesNotHaveDuplicates()
        .hasSize(24);
  }

  @Test
  void instructionsArePartOfTheQueryAlone() {
    assertThat(PublishedModel.MULTILINGUAL_E5_LARGE_INSTRUCT.prompts())
        .isEqualTo(new Prompts("Instruct: {task}\nQuery: ", ""));
    assertThat(PublishedModel.MULTILINGUAL_E5_LARGE_INSTRUCT.prompts().takesTask()).isTrue();
  }

  @Test
  void otherShapesAreRefused() {
    PublishedModel.E5_BASE.requireDimension(768);
    PublishedModel.E5_BASE.requireShape(12, 768);
    assertThatThrownBy(() -> PublishedModel.E5_BASE.requireDimension(384))
        .hasMessage("Cannot use model e5-base: its vectors have dimension 384 (must be 768)");
    assertThatThrownBy(() -> PublishedModel.E5_BASE.requireShape(24, 768))
        .hasMessage("it has 24 layers and dimension 768 (e5-base has 12 and 768)");
    assertThatThrownBy(() -> PublishedModel.ALL_MINILM_L6_V2.requireShape(12, 384))
        .hasMessage("it has 12 layers and dimension 384 (all-MiniLM-L6-v2 has 6 and 384)");
  }

  @Test
  void instructionsSayWhatToImport() {
    assertThat(PublishedModel.E5_BASE.instructions("/models/e5-base"))
        .startsWith("put config.json, tokenizer.json, model.safetensors, ")
        .contains("config_sentence_transformers.json", "tokenizer_config.json")
        .endsWith(
            "of https://huggingface.co/intfloat/e5-base into a directory DIR, then model import --from DIR --to /models/e5-base");
    assertThat(PublishedModel.ARCTIC_EMBED_M.instructions("m"))
        .contains("https://huggingface.co/Snowflake/snowflake-arctic-embed-m ");
  }
}
