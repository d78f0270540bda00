package io.e5spark.importer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.e5spark.model.card.JsonFile;
import io.e5spark.model.card.LongestInput;
import io.e5spark.model.card.Modules;
import io.e5spark.model.card.NamedFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** BERT's {@code vocab.txt}, with one token per line, whose number is its id. */
final class WordPieceFile {
  /** The file. */
  static final String FILE = "vocab.txt";

  private static final String ADDED = "added_tokens.json";
  private static final Set<String> CLASSES =
      Set.of(
          "BertTokenizer", "BertTokenizerFast", "DistilBertTokenizer", "DistilBertTokenizerFast");
  private static final String BERT =
      """
      {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],
       "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
         "strip_accents":null,"lowercase":true},
       "pre_tokenizer":{"type":"BertPreTokenizer"},
       "post_processor":{"type":"TemplateProcessing",
         "single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},
           {"SpecialToken":{"id":"[SEP]","type_id":0}}],
         "pair":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},
           {"SpecialToken":{"id":"[SEP]","type_id":0}},{"Sequence":{"id":"B","type_id":1}},
           {"SpecialToken":{"id":"[SEP]","type_id":1}}],
         "special_tokens":{}},
       "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
       "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
         "max_input_chars_per_word":100,"vocab":{}}}
      """;

  private WordPieceFile() {}

  /**
   * The tokenizer of this vocabulary, as BERT's tokenizer class makes it.
   *
   * @throws IllegalArgumentException if another class made it, or tokens are missing
   */
  static JsonObject tokenizer(NamedFiles files, Modules modules) throws IOException {
    requireBert(files, modules);
    JsonObject vocabulary = vocabulary(files, modules.encoder() + FILE);
    JsonObject tokenizer = JsonParser.parseString(BERT).getAsJsonObject();
    tokenizer.getAsJsonObject("model").add("vocab", vocabulary);
    JsonObject processor = tokenizer.getAsJsonObject("post_processor");
    for (String token : List.of("[CLS]", "[SEP]")) {
      processor.getAsJsonObject("special_tokens").add(token, special(token, vocabulary));
    }
    for (String token : List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")) {
      if (vocabulary.has(token)) {
        tokenizer.getAsJsonArray("added_tokens").add(added(token, vocabulary.get(token)));
      }
    }
    return tokenizer;
  }

  private static void requireBert(NamedFiles files, Modules modules) throws IOException {
    String kind =
        JsonFile.object(files, modules.encoder() + LongestInput.TOKENIZER_CONFIG)
            .flatMap(config -> JsonFile.text(config, "tokenizer_class"))
            .orElse("BertTokenizer");
    boolean more =
        JsonFile.object(files, modules.encoder() + ADDED)
            .filter(added -> added.size() > 0)
            .isPresent();
    if (!CLASSES.contains(kind) || more) {
      throw new IllegalArgumentException(
          "it has no tokenizer.json, and its %s with %s does not say everything (AutoTokenizer.from_pretrained(DIR).save_pretrained(DIR) of transformers writes tokenizer.json)"
              .formatted(FILE, more ? ADDED : kind));
    }
  }

  private static JsonObject vocabulary(NamedFiles files, String name) throws IOException {
    JsonObject vocabulary = new JsonObject();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(name), StandardCharsets.UTF_8))) {
      int id = 0;
      for (String token = lines.readLine(); token != null; token = lines.readLine()) {
        vocabulary.addProperty(token, id++);
      }
    }
    for (String token : List.of("[UNK]", "[CLS]", "[SEP]")) {
      if (!vocabulary.has(token)) {
        throw new IllegalArgumentException("its %s has no %s".formatted(name, token));
      }
    }
    return vocabulary;
  }

  private static JsonObject special(String token, JsonObject vocabulary) {
    JsonArray ids = new JsonArray();
    ids.add(vocabulary.get(token));
    JsonArray tokens = new JsonArray();
    tokens.add(token);
    JsonObject special = new JsonObject();
    special.addProperty("id", token);
    special.add("ids", ids);
    special.add("tokens", tokens);
    return special;
  }

  private static JsonObject added(String token, JsonElement id) {
    JsonObject added = new JsonObject();
    added.add("id", id);
    added.addProperty("content", token);
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      added.addProperty(flag, false);
    }
    added.addProperty("special", true);
    return added;
  }
}
