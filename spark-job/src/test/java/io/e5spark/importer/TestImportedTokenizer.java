package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.e5spark.embed.TextTokenizer;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.TokenizerFile;
import io.e5spark.model.card.Modules;
import io.e5spark.model.card.TextFiles;
import io.e5spark.onnx.ToyModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestImportedTokenizer {
  private static final Modules PLAIN = new Modules(List.of(), "", Optional.empty());
  private static final String CONFIG = "tokenizer_config.json";
  private static final List<String> TEXTS =
      List.of(
          "",
          "how much protein should a female eat",
          "Ünïcödé, ÇAFÉ und Straße; naïve coöperation",
          "漢字 and 日本語のテキスト, 한국어 텍스트",
          "Ελληνικά ΚΕΦΑΛΑΙΑ, русский ТЕКСТ, عربي, हिन्दी",
          "tabs\tand\nlines\r\u0000\u200d and emoji 👩‍🚀",
          "[CLS] inside [MASK] a text [SEP]",
          "antidisestablishmentarianism " + "x".repeat(101) + " 42.5 % $3,000");
  private final TextFiles files = new TextFiles();

  private ImportedTokenizer read() throws IOException {
    return ImportedTokenizer.of(files, PLAIN);
  }

  private JsonObject json() throws IOException {
    String json = new String(read().json(), StandardCharsets.UTF_8);
    return JsonParser.parseString(json).getAsJsonObject();
  }

  private static List<List<Integer>> ids(byte[] tokenizer) {
    String json = new String(tokenizer, StandardCharsets.UTF_8);
    try (TextTokenizer one = TextTokenizer.of(new TokenizerFile(json, "", 0, 0))) {
      return TEXTS.stream()
          .map(text -> Arrays.stream(one.tokenize("", text, 512).ids()).boxed().toList())
          .toList();
    }
  }

  private static byte[] builtIn() throws IOException {
    try (InputStream in = BuiltInModel.E5_SMALL_V2.open(ModelFiles.TOKENIZER)) {
      return in.readAllBytes();
    }
  }

  private static String vocabulary(byte[] tokenizer) {
    String json = new String(tokenizer, StandardCharsets.UTF_8);
    JsonObject root = JsonParser.parseString(json).getAsJsonObject();
    TreeMap<Integer, String> tokens = new TreeMap<>();
    root.getAsJsonObject("model")
        .getAsJsonObject("vocab")
        .asMap()
        .forEach((token, id) -> tokens.put(id.getAsInt(), token));
    return String.join("\n", tokens.values()) + "\n";
  }

  @Test
  void vocabularyAloneGivesTheTokensOfThePublishedTokenizer() throws IOException {
    files.with("vocab.txt", vocabulary(builtIn()));
    assertThat(read().source()).isEqualTo("made of vocab.txt");
    assertThat(ids(read().json())).isEqualTo(ids(builtIn()));
    files.with("vocab.txt", vocabulary(builtIn()).replace("\n", "\r\n"));
    assertThat(ids(read().json())).isEqualTo(ids(builtIn()));
  }

  @Test
  void settingsBesideTheVocabularyDecideCaseAndAccents() throws IOException {
    files.with("vocab.txt", vocabulary(builtIn()));
    files.with(CONFIG, "{\"do_lower_case\":false,\"tokenize_chinese_chars\":false}");
    JsonObject normalizer = json().getAsJsonObject("normalizer");
    assertThat(normalizer.get("lowercase").getAsBoolean()).isFalse();
    assertThat(normalizer.get("handle_chinese_chars").getAsBoolean()).isFalse();
    assertThat(normalizer.get("strip_accents").isJsonNull()).isTrue();
    assertThat(read().source())
        .isEqualTo("made of vocab.txt with the case and accents of tokenizer_config.json");
    assertThat(ids(read().json()).get(2)).isNotEqualTo(ids(builtIn()).get(2));
  }

  @Test
  void ownTokenizerStaysAsItIsByteForByte() throws IOException {
    files.with("tokenizer.json", ToyModel.tokenizer(3));
    files.with(CONFIG, "{\"do_lower_case\":true,\"tokenizer_class\":\"BertTokenizer\"}");
    files.with("sentence_bert_config.json", "{\"do_lower_case\":true}");
    assertThat(new String(read().json(), StandardCharsets.UTF_8)).isEqualTo(ToyModel.tokenizer(3));
    assertThat(read().source()).isEqualTo("tokenizer.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'tokenizer_class':'BertTokenizer','do_lower_case':false} | false | null",
        "{'tokenizer_class':'BertTokenizerFast','strip_accents':false} | true | false",
        "{'do_lower_case':false,'strip_accents':true} | false | true",
        "{'tokenizer_class':'PreTrainedTokenizerFast','do_lower_case':false} | true | null",
        "{'tokenizer_class':'XLMRobertaTokenizer','do_lower_case':false} | true | null",
      })
  void bertsTokenizerClassSetsCaseAndAccents(String config, String lower, String accents)
      throws IOException {
    files.with("tokenizer.json", ToyModel.tokenizer(3)).with(CONFIG, config.replace('\'', '"'));
    JsonObject normalizer = json().getAsJsonObject("normalizer");
    assertThat(normalizer.get("lowercase")).hasToString(lower);
    assertThat(normalizer.get("strip_accents")).hasToString(accents);
  }

  @Test
  void classSetsItsDefaultsWhereTheSettingsAreSilent() throws IOException {
    String cased = ToyModel.tokenizer(3).replace("\"lowercase\":true", "\"lowercase\":false");
    files.with("tokenizer.json", cased);
    assertThat(json().getAsJsonObject("normalizer").get("lowercase")).hasToString("false");
    files.with(CONFIG, "{\"tokenizer_class\":\"BertTokenizer\"}");
    assertThat(json().getAsJsonObject("normalizer").get("lowercase")).hasToString("true");
  }

  @Test
  void textsAreLoweredBeforeWhereSentenceTransformersDo() throws IOException {
    String cased = ToyModel.tokenizer(3).replace("\"lowercase\":true", "\"lowercase\":false");
    files.with("tokenizer.json", cased);
    files.with("sentence_bert_config.json", "{\"do_lower_case\":true}");
    assertThat(json().getAsJsonObject("normalizer").get("type").getAsString())
        .isEqualTo("Sequence");
    assertThat(read().source())
        .isEqualTo("tokenizer.json with do_lower_case of sentence_bert_config.json");
    String json = new String(read().json(), StandardCharsets.UTF_8);
    try (TextTokenizer tokenizer = TextTokenizer.of(new TokenizerFile(json, "", 0, 0))) {
      assertThat(tokenizer.tokenize("", "W0 w1", 9).ids()).containsExactly(2, 7, 8, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sentencepiece.bpe.model", "spiece.model", "merges.txt"})
  void otherVocabulariesAreRefusedWithAWayOn(String file) {
    files.with(file, "");
    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "it has no tokenizer.json, only %s (AutoTokenizer.from_pretrained(DIR).save_pretrained(DIR) of transformers writes tokenizer.json)",
            file);
  }

  @Test
  void vocabulariesThatDoNotTellAllAreRefused() {
    assertThatThrownBy(this::read)
        .hasMessageContaining("it has no tokenizer.json, and no vocab.txt");
    files.with("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n");
    assertThatThrownBy(this::read).hasMessage("its vocab.txt has no [SEP]");
    files.with("added_tokens.json", "{\"[new]\":4}");
    assertThatThrownBy(this::read).hasMessageContaining("vocab.txt with added_tokens.json");
    files.with("added_tokens.json", "{}");
    files.with(CONFIG, "{\"tokenizer_class\":\"BertJapaneseTokenizer\"}");
    assertThatThrownBy(this::read)
        .hasMessageContaining("vocab.txt with BertJapaneseTokenizer does not say everything")
        .hasMessageContaining("save_pretrained");
  }
}
