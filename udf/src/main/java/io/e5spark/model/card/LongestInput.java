package io.e5spark.model.card;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The most tokens that the files of a model allow in a text, including the special tokens. */
public final class LongestInput {
  /** The file with the shape of the encoder. */
  public static final String CONFIG = "config.json";

  /** The file with the settings of the tokenizer. */
  public static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  /**
   * The files in which sentence-transformers store the length; in old models, the family of the
   * encoder names the file.
   */
  public static final List<String> SENTENCE_CONFIGS =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  /** Families whose first position comes after that of the padding token. */
  private static final Set<String> OFFSET =
      Set.of("roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "mpnet");

  /** Libraries write about 1e30 if they know no length. */
  private static final double UNKNOWN = 1e9;

  private LongestInput() {}

  /**
   * The smallest length that the files name; empty if they name none.
   *
   * @throws IllegalArgumentException if a value is not a length
   */
  public static Optional<Stated<Integer>> of(NamedFiles files, Modules modules) throws IOException {
    List<Stated<Integer>> lengths = new ArrayList<>();
    positions(files, modules).ifPresent(lengths::add);
    length(files, modules.encoder() + TOKENIZER_CONFIG, "model_max_length").ifPresent(lengths::add);
    Optional<String> file = sentenceConfig(files, modules);
    if (file.isPresent()) {
      length(files, file.get(), "max_seq_length").ifPresent(lengths::add);
    }
    return lengths.stream().min(Comparator.comparing(Stated::value));
  }

  /** The file of sentence-transformers beside the encoder, if there is one. */
  public static Optional<String> sentenceConfig(NamedFiles files, Modules modules)
      throws IOException {
    for (String name : SENTENCE_CONFIGS) {
      if (files.has(modules.encoder() + name)) {
        return Optional.of(modules.encoder() + name);
      }
    }
    return Optional.empty();
  }

  private static Optional<Stated<Integer>> positions(NamedFiles files, Modules modules)
      throws IOException {
    String file = modules.encoder() + CONFIG;
    Optional<JsonObject> config = JsonFile.object(files, file);
    if (config.isEmpty()) {
      return Optional.empty();
    }
    int first = firstPosition(config.get());
    return JsonFile.value(config.get(), "max_position_embeddings")
        .filter(value -> isWhole(value) && value.getAsDouble() > first)
        .map(value -> new Stated<>((int) value.getAsDouble() - first, "positions of " + file));
  }

  private static int firstPosition(JsonObject config) {
    String family = JsonFile.text(config, "model_type").orElse("");
    if (!OFFSET.contains(family)) {
      return 0;
    }
    return 1
        + JsonFile.value(config, "pad_token_id")
            .filter(LongestInput::isWhole)
            .map(value -> (int) value.getAsDouble())
            .orElse(1);
  }

  private static Optional<Stated<Integer>> length(NamedFiles files, String file, String key)
      throws IOException {
    Optional<JsonElement> value =
        JsonFile.object(files, file).flatMap(json -> JsonFile.value(json, key));
    if (value.isPresent() && !(isWhole(value.get()) && value.get().getAsDouble() >= 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "its %s is %s (must be a whole number from 1)", key, value.get()));
    }
    return value
        .map(JsonElement::getAsDouble)
        .filter(tokens -> tokens < UNKNOWN)
        .map(tokens -> new Stated<>(tokens.intValue(), key + " of " + file));
  }

  /** Files also write whole numbers as fractions, and with more digits than integers have. */
  private static boolean isWhole(JsonElement value) {
    return value.isJsonPrimitive()
        && value.getAsJsonPrimitive().isNumber()
        && value.getAsDouble() == Math.rint(value.getAsDouble());
  }
}
