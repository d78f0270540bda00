package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.model.BuiltInModel;
import io.e5spark.model.TokenizerFile;
import io.e5spark.onnx.ToyModel;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestTextTokenizer {
  private static TextTokenizer tokenizer;

  @BeforeAll
  static void load() {
    tokenizer = TextTokenizer.of(TokenizerFile.of(BuiltInModel.E5_SMALL_V2));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void idsAreThoseOfTheReference() {
    // The ids are those of a query on the model card, in BERT's vocabulary.
    assertThat(tokenizer.tokenize("query: ", "how much protein should a female eat", 512).ids())
        .containsExactly(101, 23032, 1024, 2129, 2172, 5250, 2323, 1037, 2931, 4521, 102);
    assertThat(tokenizer.tokenize("", "", 512).ids()).containsExactly(101, 102);
  }

  @Test
  void tokenizerWithoutSpecialTokensIsRefused() {
    String open = ToyModel.tokenizer(3).replaceFirst("\"post_processor\":\\{.*\\},", "");
    assertThatThrownBy(() -> TextTokenizer.of(new TokenizerFile(open, "hash", 7, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it puts no special tokens around a text");
  }

  @Test
  void longTextIsCutAndClosed() {
    TokenizedText text = tokenizer.tokenize("passage: ", "word ".repeat(600), 512);
    assertThat(text.length()).isEqualTo(512);
    assertThat(text.truncated()).isTrue();
    assertThat(text.ids()[0]).isEqualTo(101);
    assertThat(text.ids()[511]).isEqualTo(102);
  }

  @Test
  void textOfExactlyTheLimitIsNotCut() {
    // The tokens [CLS], "passage", ":" and [SEP] leave room for 508 words.
    TokenizedText fits = tokenizer.tokenize("passage: ", "word ".repeat(508), 512);
    assertThat(fits.length()).isEqualTo(512);
    assertThat(fits.truncated()).isFalse();
    assertThat(tokenizer.tokenize("passage: ", "word ".repeat(509), 512).truncated()).isTrue();
  }

  static Stream<String> longTexts() {
    Random random = new Random(5);
    String words =
        random
            .ints(40_000, 'a', 'z' + 1)
            .mapToObj(c -> random.nextInt(6) == 0 ? " " : String.valueOf((char) c))
            .collect(Collectors.joining());
    return Stream.of(
        words,
        " ".repeat(50_000) + words,
        "x".repeat(30_000) + " " + words,
        "漢字".repeat(10_000),
        "😀".repeat(10_000),
        "a😀".repeat(4_097),
        "é".repeat(20_000) + words,
        "[MASK]".repeat(5_000));
  }

  @ParameterizedTest
  @MethodSource("longTexts")
  void cuttingBeforeTokenizingChangesNoToken(String text) {
    int[] whole = tokenizer.tokenize("passage: ", text, 100_000).ids();
    int[] kept = tokenizer.tokenize("passage: ", text, 512).ids();
    assertThat(kept.length).isEqualTo(Math.min(512, whole.length));
    for (int i = 0; i < kept.length - 1; i++) {
      assertThat(kept[i]).isEqualTo(whole[i]);
    }
  }

  @Test
  void brokenUnicodeIsDropped() {
    int[] expected = tokenizer.tokenize("", "a b", 512).ids();
    assertThat(tokenizer.tokenize("", "a\uD800 b", 512).ids()).isEqualTo(expected);
    assertThat(tokenizer.tokenize("", "a\uDC00 b", 512).ids()).isEqualTo(expected);
    assertThat(tokenizer.tokenize("", "a\0 b", 512).ids()).isEqualTo(expected);
  }

  @Test
  void countGoesBeyondTheLimit() {
    assertThat(tokenizer.count("query: ", "word ".repeat(1_000))).isEqualTo(1_004);
  }
}
