package io.e5spark.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A complete {@code tokenizer.json}.
 *
 * @param json its text
 * @param sha256 the hash of its bytes
 * @param vocabularySize one more than its largest token id
 * @param paddingId the token that fills the rest of a row; 0 if the file names none
 */
public record TokenizerFile(String json, String sha256, int vocabularySize, int paddingId) {
  private static final Set<String> PADDING = Set.of("<pad>", "[PAD]");

  /**
   * Reads the tokenizer of a model.
   *
   * @throws IllegalArgumentException if the file is not a {@code tokenizer.json}
   * @throws UncheckedIOException if it cannot be read
   */
  public static TokenizerFile of(ModelFiles files) {
    byte[] bytes = bytes(files);
    String json = new String(bytes, StandardCharsets.UTF_8);
    try {
      JsonObject root = JsonParser.parseString(json).getAsJsonObject();
      return new TokenizerFile(json, Sha256.of(bytes), vocabularySize(root), paddingId(root));
    } catch (RuntimeException e) {
      // Gson throws several exceptions for a value of another type.
      throw new IllegalArgumentException(
          "Cannot use model %s: its tokenizer.json is not a tokenizer of the tokenizers library"
              .formatted(files.location()),
          e);
    }
  }

  private static byte[] bytes(ModelFiles files) {
    try (InputStream in = files.open(ModelFiles.TOKENIZER)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read tokenizer of model %s: %s".formatted(files.location(), e.getMessage()), e);
    }
  }

  private static int vocabularySize(JsonObject root) {
    JsonElement vocabulary = root.getAsJsonObject("model").get("vocab");
    int size = 0;
    if (vocabulary.isJsonArray()) {
      size = vocabulary.getAsJsonArray().size();
    } else {
      for (JsonElement id : vocabulary.getAsJsonObject().asMap().values()) {
        size = Math.max(size, Math.incrementExact(id.getAsInt()));
      }
    }
    for (JsonElement added : root.getAsJsonArray("added_tokens")) {
      size = Math.max(size, Math.incrementExact(added.getAsJsonObject().get("id").getAsInt()));
    }
    return size;
  }

  private static int paddingId(JsonObject root) {
    if (root.get("padding") instanceof JsonObject padding && padding.has("pad_id")) {
      return padding.get("pad_id").getAsInt();
    }
    for (JsonElement added : root.getAsJsonArray("added_tokens")) {
      JsonElement content = added.getAsJsonObject().get("content");
      if (content != null && PADDING.contains(content.getAsString())) {
        return added.getAsJsonObject().get("id").getAsInt();
      }
    }
    return 0;
  }
}
