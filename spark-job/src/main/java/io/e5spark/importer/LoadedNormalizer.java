package io.e5spark.importer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.e5spark.model.card.JsonFile;
import io.e5spark.model.card.LongestInput;
import io.e5spark.model.card.Modules;
import io.e5spark.model.card.NamedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Hugging Face's libraries change in a tokenizer's normalizer when they load it: BERT's
 * tokenizer class gives it the case and accents of its own settings, and sentence-transformers
 * converts texts to lower case before.
 */
record LoadedNormalizer(NamedFiles files, Modules modules) {
  private static final String NORMALIZER = "normalizer";
  private static final String TYPE = "type";
  private static final String LOWER = "do_lower_case";

  /** The classes that replace their normalizer. */
  private static final Set<String> CLASSES =
      Set.of(
          "BertTokenizer", "BertTokenizerFast", "DistilBertTokenizer", "DistilBertTokenizerFast");

  /** Changes the tokenizer, and returns the settings that caused the changes. */
  List<String> apply(JsonObject tokenizer) throws IOException {
    List<String> changes = new ArrayList<>();
    String config = modules.encoder() + LongestInput.TOKENIZER_CONFIG;
    Optional<JsonObject> settings = JsonFile.object(files, config);
    if (settings.isPresent() && isBert(settings.get()) && isBertNormalizer(tokenizer)) {
      JsonObject normalizer = tokenizer.getAsJsonObject(NORMALIZER);
      JsonObject before = normalizer.deepCopy();
      set(normalizer, settings.get());
      if (!normalizer.equals(before)) {
        changes.add("the case and accents of " + config);
      }
    }
    Optional<String> sentences = LongestInput.sentenceConfig(files, modules);
    if (sentences.isPresent() && lowers(sentences.get()) && !isLower(tokenizer)) {
      tokenizer.add(NORMALIZER, lowered(tokenizer));
      changes.add(LOWER + " of " + sentences.get());
    }
    return changes;
  }

  private static boolean isBert(JsonObject settings) {
    return JsonFile.text(settings, "tokenizer_class").map(CLASSES::contains).orElse(true);
  }

  private static boolean isBertNormalizer(JsonObject tokenizer) {
    return tokenizer.get(NORMALIZER) instanceof JsonObject normalizer
        && JsonFile.text(normalizer, TYPE).orElse("").equals("BertNormalizer");
  }

  /** Keys that the settings lack get the defaults of the class, whatever the tokenizer had. */
  private static void set(JsonObject normalizer, JsonObject settings) {
    normalizer.addProperty("lowercase", JsonFile.flag(settings, LOWER).orElse(true));
    normalizer.add(
        "strip_accents",
        JsonFile.flag(settings, "strip_accents")
            .<JsonElement>map(JsonPrimitive::new)
            .orElse(JsonNull.INSTANCE));
    normalizer.addProperty(
        "handle_chinese_chars", JsonFile.flag(settings, "tokenize_chinese_chars").orElse(true));
  }

  private boolean lowers(String file) throws IOException {
    return JsonFile.object(files, file).flatMap(json -> JsonFile.flag(json, LOWER)).orElse(false);
  }

  private static boolean isLower(JsonObject tokenizer) {
    return tokenizer.get(NORMALIZER) instanceof JsonObject normalizer
        && (JsonFile.text(normalizer, TYPE).orElse("").equals("Lowercase")
            || (isBertNormalizer(tokenizer)
                && JsonFile.flag(normalizer, "lowercase").orElse(false)));
  }

  private static JsonObject lowered(JsonObject tokenizer) {
    JsonObject lower = new JsonObject();
    lower.addProperty(TYPE, "Lowercase");
    JsonArray all = new JsonArray();
    all.add(lower);
    if (tokenizer.get(NORMALIZER) instanceof JsonObject own) {
      all.add(own);
    }
    JsonObject sequence = new JsonObject();
    sequence.addProperty(TYPE, "Sequence");
    sequence.add("normalizers", all);
    return sequence;
  }
}
