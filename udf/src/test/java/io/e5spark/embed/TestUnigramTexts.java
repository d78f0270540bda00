package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.e5spark.model.TokenizerFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests texts of many scripts with a small Unigram tokenizer that {@code golden-tokens.py} made.
 */
class TestUnigramTexts {
  /**
   * The property that names the tokenizer file of multilingual-e5-small. The same script makes the
   * file.
   */
  private static final String MULTILINGUAL = "e5.multilingual-tokenizer";

  private static TextTokenizer tokenizer;

  @BeforeAll
  static void load() throws IOException {
    String multilingual = System.getProperty(MULTILINGUAL);
    tokenizer =
        multilingual == null ? of(resource("unigram-tokenizer.json")) : of(read(multilingual));
  }

  private static TextTokenizer of(String json) {
    return TextTokenizer.of(new TokenizerFile(json, "", 0, 0));
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = TestUnigramTexts.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  private static List<JsonObject> golden() throws IOException {
    return JsonParser.parseString(resource("unigram-golden.json"))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  @Test
  void idsEqualTheReference() throws IOException {
    assumeTrue(System.getProperty(MULTILINGUAL) == null, "another tokenizer is named");
    compare("tiny");
  }

  @Test
  void idsOfTheMultilingualTokenizerEqualTheReference() throws IOException {
    assumeTrue(
        System.getProperty(MULTILINGUAL) != null,
        "skipped: -D" + MULTILINGUAL + " names no file (scripts/golden-tokens.py makes it)");
    compare("multilingual");
  }

  private static void compare(String ids) throws IOException {
    for (JsonObject golden : golden()) {
      String text = golden.get("text").getAsString();
      int[] expected =
          golden.get(ids).getAsJsonArray().asList().stream()
              .mapToInt(JsonElement::getAsInt)
              .toArray();
      assertThat(tokenizer.tokenize("", text, 512).ids()).as(text).isEqualTo(expected);
      assertThat(tokenizer.count("", text)).isEqualTo(expected.length);
    }
  }

  /** Returns words of the golden texts in a random order. */
  private static String words(String between, int length) throws IOException {
    List<String> words =
        golden().stream()
            .flatMap(golden -> Arrays.stream(golden.get("text").getAsString().split("\\s+", -1)))
            .filter(word -> !word.isEmpty())
            .toList();
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(words.get(random.nextInt(words.size()))).append(between);
    }
    return text.toString();
  }

  private static String letters(Random random, int first, int last, int length) {
    return random
        .ints(length, first, last + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  static Stream<String> longTexts() throws IOException {
    Random random = new Random(5);
    return Stream.of(
        words(" ", 6_000),
        words("", 6_000),
        " \t".repeat(4_000) + words("\u3000 ", 4_000),
        "a".repeat(100_000),
        "a".repeat(3_333) + " " + words(" ", 3_000),
        "ㅋ".repeat(5_001),
        letters(random, 0x4E00, 0x9FFF, 5_000),
        letters(random, 0x0E01, 0x0E3A, 5_000),
        letters(random, 0x0300, 0x036F, 5_000),
        letters(random, 0xAC00, 0xD7A3, 5_000),
        letters(random, 0x0900, 0x0963, 5_000),
        letters(random, 0x1100, 0x11FF, 5_000),
        letters(random, 'a', 'd', 5_000),
        "e" + "\u0301\u0323".repeat(3_000) + words(" ", 3_000),
        "👩‍👩‍👧‍👦".repeat(900),
        "🇨🇭".repeat(1_501),
        "\u200b\u0007\u00ad".repeat(3_000) + words(" ", 3_000),
        ("b" + " ".repeat(900) + "<mask>").repeat(8),
        "\uFDFA".repeat(900));
  }

  @ParameterizedTest
  @MethodSource("longTexts")
  void cuttingBeforeTokenizingChangesNoToken(String text) {
    for (int spared : new int[] {0, 1, 2}) {
      String shorter = text.substring(spared);
      int[] whole = tokenizer.tokenize("passage: ", shorter, 10_000_000).ids();
      for (int longest : new int[] {8, 60}) {
        TokenizedText kept = tokenizer.tokenize("passage: ", shorter, longest);
        int length = Math.min(longest, whole.length);
        int[] expected = Arrays.copyOf(whole, length);
        expected[length - 1] = whole[whole.length - 1];
        assertThat(kept.ids()).isEqualTo(expected);
        assertThat(kept.truncated()).isEqualTo(whole.length > longest);
      }
    }
  }

  @Test
  void segmentsRepeatThePromptWithoutTheTextsFirstWord() {
    TokenizedText[] segments = tokenizer.segments("passage: ", "in the ".repeat(100).strip(), 40);
    int[] word = tokenizer.tokenize("", "in", 512).ids();
    int[] alone = tokenizer.tokenize("passage: in", "", 512).ids();
    int head = alone.length - (word.length - 1);
    assertThat(segments).hasSizeGreaterThan(2);
    for (TokenizedText segment : segments) {
      assertThat(segment.ids()).startsWith(Arrays.copyOf(alone, head));
      assertThat(segment.ids()[segment.length() - 1]).isEqualTo(word[word.length - 1]);
    }
    int size = 40 - head - 1;
    int[] all = tokenizer.tokenize("passage: ", "in the ".repeat(100).strip(), 100_000).ids();
    int second = head + size - size / 8;
    assertThat(Arrays.copyOfRange(segments[1].ids(), head, 39))
        .isEqualTo(Arrays.copyOfRange(all, second, second + 39 - head));
  }

  @Test
  void segmentsWithoutPromptBeginWithTheOpeningTokenAlone() {
    String text = "in the ".repeat(100).strip();
    TokenizedText[] segments = tokenizer.segments("", text, 40);
    int[] all = tokenizer.tokenize("", text, 100_000).ids();
    assertThat(segments[1].ids()[0]).isEqualTo(all[0]);
    assertThat(IntStream.of(segments[1].ids()).skip(1).limit(5).toArray())
        .isEqualTo(Arrays.copyOfRange(all, 1 + 38 - 38 / 8, 6 + 38 - 38 / 8));
  }
}
