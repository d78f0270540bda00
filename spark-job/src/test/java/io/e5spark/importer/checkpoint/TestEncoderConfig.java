package io.e5spark.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestEncoderConfig {
  private static JsonObject json() {
    return JsonParser.parseString(
            """
            {"model_type":"bert","hidden_act":"gelu","hidden_size":768,"num_hidden_layers":12,
             "num_attention_heads":12,"intermediate_size":3072,"vocab_size":30522,
             "max_position_embeddings":512,"type_vocab_size":2,"layer_norm_eps":1e-12}
            """)
        .getAsJsonObject();
  }

  private static JsonObject with(String key, String value) {
    JsonObject json = json();
    json.add(key, JsonParser.parseString(value));
    return json;
  }

  @Test
  void shapeIsRead() {
    EncoderConfig config = EncoderConfig.of(json());
    assertThat(config).isEqualTo(new EncoderConfig(768, 12, 12, 3_072, 30_522, 0, 512, 2, 1e-12f));
    assertThat(config.headSize()).isEqualTo(64);
    assertThat(config.operationsPerToken()).isEqualTo(24L * 12 * 768 * 768);
  }

  private static JsonObject xlmRoberta() {
    JsonObject json = with("model_type", "\"xlm-roberta\"");
    json.addProperty("max_position_embeddings", 514);
    json.addProperty("type_vocab_size", 1);
    json.addProperty("pad_token_id", 1);
    return json;
  }

  @ParameterizedTest
  @ValueSource(strings = {"roberta", "xlm-roberta"})
  void positionsOfRobertaBeginBehindItsPadding(String type) {
    JsonObject json = xlmRoberta();
    json.addProperty("model_type", type);
    EncoderConfig expected = new EncoderConfig(768, 12, 12, 3_072, 30_522, 2, 512, 1, 1e-12f);
    assertThat(EncoderConfig.of(json)).isEqualTo(expected);
    json.remove("pad_token_id");
    assertThat(EncoderConfig.of(json)).isEqualTo(expected);
    json.addProperty("pad_token_id", 0);
    assertThat(EncoderConfig.of(json).firstPosition()).isEqualTo(1);
    assertThat(EncoderConfig.of(json).positions()).isEqualTo(513);
  }

  @Test
  void paddingOfBertMovesNoPosition() {
    assertThat(EncoderConfig.of(with("pad_token_id", "3")).firstPosition()).isZero();
    assertThat(EncoderConfig.of(with("pad_token_id", "null")).positions()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pad_token_id|-1|pad_token_id is -1 (must be a whole number from 0)",
        "pad_token_id|null|pad_token_id is null (must be a whole number from 0)",
        "pad_token_id|513|max_position_embeddings leaves no position after pad_token_id",
        "max_position_embeddings|2|max_position_embeddings leaves no position",
        "max_position_embeddings|-2|max_position_embeddings is -2 (must be a whole number from 1)"
      })
  void robertaWithoutPositionsIsRefused(String key, String value, String message) {
    JsonObject json = xlmRoberta();
    json.add(key, JsonParser.parseString(value));
    assertThatThrownBy(() -> EncoderConfig.of(json))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("its config.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void epsilonMayBeMissing() {
    JsonObject json = json();
    json.remove("layer_norm_eps");
    assertThat(EncoderConfig.of(json).epsilon()).isEqualTo(1e-12f);
    assertThat(EncoderConfig.of(with("layer_norm_eps", "1e-5")).epsilon()).isEqualTo(1e-5f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_type|\"xlm\"|model_type is \"xlm\" (must be \"bert\" or \"roberta\" or \"xlm-roberta\")",
        "model_type|[\"bert\"]|model_type is [\"bert\"] (must be \"bert\" or",
        "hidden_act|\"gelu_new\"|hidden_act is \"gelu_new\" (must be \"gelu\")",
        "position_embedding_type|\"relative_key\"|(must be \"absolute\")",
        "hidden_size|0|hidden_size is 0 (must be a whole number from 1)",
        "hidden_size|-768|hidden_size is -768",
        "hidden_size|7.5|hidden_size is 7.5",
        "hidden_size|99999999999|hidden_size is 99999999999",
        "hidden_size|null|hidden_size is null",
        "hidden_size|770|hidden_size is not a multiple of num_attention_heads",
        "layer_norm_eps|\"NaN\"|layer_norm_eps is \"NaN\" (must be a number from 0)",
        "layer_norm_eps|-1|layer_norm_eps is -1",
        "layer_norm_eps|1e99|layer_norm_eps is 1e99",
        "layer_norm_eps|null|layer_norm_eps is null",
        "layer_norm_eps|[]|layer_norm_eps is []"
      })
  void otherEncodersAreRefused(String key, String value, String message) {
    assertThatThrownBy(() -> EncoderConfig.of(with(key, value)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("its config.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    assertThatThrownBy(() -> EncoderConfig.of(new JsonObject()))
        .hasMessageContaining("model_type is null")
        .hasMessageContaining("type_vocab_size is null");
  }
}
