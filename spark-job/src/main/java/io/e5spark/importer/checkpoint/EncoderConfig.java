package io.e5spark.importer.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.e5spark.model.EncoderCost;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a BERT or RoBERTa encoder, as its {@code config.json} describes it. An XLM-R is a
 * RoBERTa.
 *
 * @param hidden the dimension of a token vector
 * @param intermediate the dimension inside the feed-forward part
 * @param firstPosition the row of the position table for the first token of a text
 * @param positions the most tokens of a text, which is the number of rows of that table from there
 *     on
 * @param epsilon the epsilon of the layer norms
 */
public record EncoderConfig(
    int hidden,
    int layers,
    int heads,
    int intermediate,
    int vocabulary,
    int firstPosition,
    int positions,
    int types,
    float epsilon) {
  private static final String BERT = "bert";
  private static final List<String> FAMILIES = List.of(BERT, "roberta", "xlm-roberta");
  private static final float USUAL_EPSILON = 1e-12f;
  private static final int USUAL_PADDING = 1;

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException with all reasons why this is not such an encoder
   */
  static EncoderConfig of(JsonObject json) {
    List<String> problems = new ArrayList<>();
    require(json, "model_type", FAMILIES, problems);
    require(json, "hidden_act", List.of("gelu"), problems);
    if (json.has("position_embedding_type")) {
      require(json, "position_embedding_type", List.of("absolute"), problems);
    }
    int first = firstPosition(json, problems);
    EncoderConfig config =
        new EncoderConfig(
            size(json, "hidden_size", problems),
            size(json, "num_hidden_layers", problems),
            size(json, "num_attention_heads", problems),
            size(json, "intermediate_size", problems),
            size(json, "vocab_size", problems),
            first,
            size(json, "max_position_embeddings", problems) - first,
            size(json, "type_vocab_size", problems),
            epsilon(json, problems));
    config.check(problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("its config.json: " + String.join("; ", problems));
    }
    return config;
  }

  private void check(List<String> problems) {
    if (problems.isEmpty() && hidden % heads != 0) {
      problems.add("hidden_size is not a multiple of num_attention_heads");
    }
    if (problems.isEmpty() && positions < 1) {
      problems.add("max_position_embeddings leaves no position after pad_token_id");
    }
  }

  private static void require(
      JsonObject json, String key, List<String> allowed, List<String> problems) {
    JsonElement value = json.get(key);
    if (value == null || !value.isJsonPrimitive() || !allowed.contains(value.getAsString())) {
      String wanted = String.join("\" or \"", allowed);
      problems.add("%s is %s (must be \"%s\")".formatted(key, value, wanted));
    }
  }

  /** The positions of RoBERTa begin after that of its padding. */
  private static int firstPosition(JsonObject json, List<String> problems) {
    JsonElement family = json.get("model_type");
    if (family == null || !family.isJsonPrimitive() || family.getAsString().equals(BERT)) {
      return 0;
    }
    JsonElement padding = json.get("pad_token_id");
    if (padding == null) {
      return USUAL_PADDING + 1;
    }
    if (!isWhole(padding)) {
      problems.add("pad_token_id is %s (must be a whole number from 0)".formatted(padding));
      return 0;
    }
    return padding.getAsInt() + 1;
  }

  private static int size(JsonObject json, String key, List<String> problems) {
    JsonElement value = json.get(key);
    if (value != null && isWhole(value) && value.getAsInt() > 0) {
      return value.getAsInt();
    }
    problems.add("%s is %s (must be a whole number from 1)".formatted(key, value));
    return 1;
  }

  private static boolean isWhole(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsString().matches("0|[1-9][0-9]{0,8}");
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

  /**
   * The floating-point operations of the matrix products for one token, without attention scores.
   */
  public long operationsPerToken() {
    return EncoderCost.of(layers, hidden, intermediate).perToken();
  }
}
