package io.e5spark.importer.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.e5spark.model.EncoderCost;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a BERT encoder, as its {@code config.json} says it.
 *
 * @param hidden dimension of a token vector
 * @param intermediate dimension inside the feed-forward part
 * @param epsilon of the layer norms
 */
public record BertConfig(
    int hidden,
    int layers,
    int heads,
    int intermediate,
    int vocabulary,
    int positions,
    int types,
    float epsilon) {
  private static final float USUAL_EPSILON = 1e-12f;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with all that keeps this from being such an encoder
   */
  static BertConfig of(JsonObject json) {
    List<String> problems = new ArrayList<>();
    require(json, "model_type", "bert", problems);
    require(json, "hidden_act", "gelu", problems);
    if (json.has("position_embedding_type")) {
      require(json, "position_embedding_type", "absolute", problems);
    }
    BertConfig config =
        new BertConfig(
            size(json, "hidden_size", problems),
            size(json, "num_hidden_layers", problems),
            size(json, "num_attention_heads", problems),
            size(json, "intermediate_size", problems),
            size(json, "vocab_size", problems),
            size(json, "max_position_embeddings", problems),
            size(json, "type_vocab_size", problems),
            epsilon(json, problems));
    if (problems.isEmpty() && config.hidden % config.heads != 0) {
      problems.add("hidden_size is no multiple of num_attention_heads");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("its config.json: " + String.join("; ", problems));
    }
    return config;
  }

  private static void require(JsonObject json, String key, String wanted, List<String> problems) {
    JsonElement value = json.get(key);
    if (value == null || !value.isJsonPrimitive() || !value.getAsString().equals(wanted)) {
      problems.add("%s is %s (must be \"%s\")".formatted(key, value, wanted));
    }
  }

  private static int size(JsonObject json, String key, List<String> problems) {
    JsonElement value = json.get(key);
    if (value != null
        && value.isJsonPrimitive()
        && value.getAsString().matches("[1-9][0-9]{0,8}")) {
      return value.getAsInt();
    }
    problems.add("%s is %s (must be a whole number from 1)".formatted(key, value));
    return 1;
  }

  private static float epsilon(JsonObject json, List<String> problems) {
    JsonElement value = json.get("layer_norm_eps");
    if (value == null) {
      return USUAL_EPSILON;
    }
    if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
      float epsilon = value.getAsFloat();
      if (epsilon >= 0 && Float.isFinite(epsilon)) {
        return epsilon;
      }
    }
    problems.add("layer_norm_eps is %s (must be a number from 0)".formatted(value));
    return USUAL_EPSILON;
  }

  public int headSize() {
    return hidden / heads;
  }

  /** Floating-point operations of the matrix products for one token, attention scores left out. */
  public long operationsPerToken() {
    return EncoderCost.of(layers, hidden, intermediate).perToken();
  }
}
