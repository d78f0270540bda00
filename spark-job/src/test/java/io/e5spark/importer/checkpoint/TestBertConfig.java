package io.e5spark.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBertConfig {
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
    BertConfig config = BertConfig.of(json());
    assertThat(config).isEqualTo(new BertConfig(768, 12, 12, 3_072, 30_522, 512, 2, 1e-12f));
    assertThat(config.headSize()).isEqualTo(64);
    assertThat(config.operationsPerToken()).isEqualTo(24L * 12 * 768 * 768);
  }

  @Test
  void epsilonMayBeMissing() {
    JsonObject json = json();
    json.remove("layer_norm_eps");
    assertThat(BertConfig.of(json).epsilon()).isEqualTo(1e-12f);
    assertThat(BertConfig.of(with("layer_norm_eps", "1e-5")).epsilon()).isEqualTo(1e-5f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_type|\"roberta\"|model_type is \"roberta\" (must be \"bert\")",
        "model_type|[\"bert\"]|model_type is [\"bert\"] (must be \"bert\")",
        "hidden_act|\"gelu_new\"|hidden_act is \"gelu_new\" (must be \"gelu\")",
        "position_embedding_type|\"relative_key\"|(must be \"absolute\")",
        "hidden_size|0|hidden_size is 0 (must be a whole number from 1)",
        "hidden_size|-768|hidden_size is -768",
        "hidden_size|7.5|hidden_size is 7.5",
        "hidden_size|99999999999|hidden_size is 99999999999",
        "hidden_size|null|hidden_size is null",
        "hidden_size|770|hidden_size is no multiple of num_attention_heads",
        "layer_norm_eps|\"NaN\"|layer_norm_eps is \"NaN\" (must be a number from 0)",
        "layer_norm_eps|-1|layer_norm_eps is -1",
        "layer_norm_eps|1e99|layer_norm_eps is 1e99",
        "layer_norm_eps|null|layer_norm_eps is null",
        "layer_norm_eps|[]|layer_norm_eps is []"
      })
  void otherEncodersAreRefused(String key, String value, String message) {
    assertThatThrownBy(() -> BertConfig.of(with(key, value)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("its config.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    assertThatThrownBy(() -> BertConfig.of(new JsonObject()))
        .hasMessageContaining("model_type is null")
        .hasMessageContaining("type_vocab_size is null");
  }
}
