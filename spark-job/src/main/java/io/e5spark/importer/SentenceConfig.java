package io.e5spark.importer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.model.Pooling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the files of sentence-transformers say about a checkpoint, where it has them.
 *
 * @param pooling how token vectors become one
 * @param normalize whether vectors get norm 1, as they do where nothing is said
 * @param maxTokens longest input, special tokens included
 */
record SentenceConfig(Pooling pooling, boolean normalize, int maxTokens) {
  private static final List<String> MODULES = List.of("Transformer", "Pooling", "Normalize");

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they want other pooling than mean or CLS, or other modules
   */
  static SentenceConfig of(Checkpoint checkpoint) throws IOException {
    return new SentenceConfig(
        pooling(checkpoint), isNormalized(checkpoint), longestInput(checkpoint));
  }

  private static Pooling pooling(Checkpoint checkpoint) throws IOException {
    if (!checkpoint.exists("1_Pooling/config.json")) {
      return Pooling.MEAN;
    }
    JsonObject pooling = checkpoint.json("1_Pooling/config.json");
    List<String> modes = new ArrayList<>();
    for (Map.Entry<String, JsonElement> entry : pooling.entrySet()) {
      boolean on =
          entry.getValue().isJsonPrimitive() && entry.getValue().getAsString().equals("true");
      if (entry.getKey().startsWith("pooling_mode_") && on) {
        modes.add(entry.getKey());
      }
    }
    if (modes.equals(List.of("pooling_mode_cls_token"))) {
      return Pooling.CLS;
    }
    if (!modes.equals(List.of("pooling_mode_mean_tokens"))) {
      throw new IllegalArgumentException(
          "its pooling is %s (must be pooling_mode_mean_tokens or pooling_mode_cls_token)"
              .formatted(modes));
    }
    return Pooling.MEAN;
  }

  private static boolean isNormalized(Checkpoint checkpoint) throws IOException {
    if (!checkpoint.exists("modules.json")) {
      return true;
    }
    boolean normalized = false;
    for (JsonElement module : checkpoint.parse("modules.json").getAsJsonArray()) {
      String type = module.getAsJsonObject().get("type").getAsString();
      String kind = type.substring(type.lastIndexOf('.') + 1);
      if (!MODULES.contains(kind)) {
        throw new IllegalArgumentException(
            "its modules.json has a %s (must be of %s)".formatted(kind, MODULES));
      }
      normalized |= kind.equals("Normalize");
    }
    return normalized;
  }

  private static int longestInput(Checkpoint checkpoint) throws IOException {
    int positions = checkpoint.config().positions();
    if (!checkpoint.exists("sentence_bert_config.json")) {
      return positions;
    }
    JsonElement length = checkpoint.json("sentence_bert_config.json").get("max_seq_length");
    if (length == null || length.isJsonNull()) {
      return positions;
    }
    if (!length.isJsonPrimitive() || !length.getAsString().matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "its max_seq_length is %s (must be a whole number from 1)".formatted(length));
    }
    return Math.min(positions, length.getAsInt());
  }
}
