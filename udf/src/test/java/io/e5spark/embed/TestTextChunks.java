package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunking;
import io.e5spark.config.InputType;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.Prompts;
import io.e5spark.model.TokenizerFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests properties of the chunks of any text, with the tokenizers of two kinds of models. */
class TestTextChunks {
  private static final Path SAMPLE = Path.of("../notebooks/sample/corpus.jsonl");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int SEED = 23;

  private static PromptedTokens wordPiece;
  private static PromptedTokens unigram;

  @BeforeAll
  static void load() throws IOException {
    wordPiece = of(TokenizerFile.of(BuiltInModel.E5_SMALL_V2));
    try (InputStream in = TestTextChunks.class.getResourceAsStream("unigram-tokenizer.json")) {
      String json = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      unigram = of(new TokenizerFile(json, "", 0, 0));
    }
  }

  private static PromptedTokens of(TokenizerFile file) {
    return new PromptedTokens(TextTokenizer.of(file), Prompts.E5);
  }

  @AfterAll
  static void close() {
    wordPiece.tokenizer().close();
    unigram.tokenizer().close();
  }

  private static List<Chunk> chunks(PromptedTokens tokens, Chunking chunking, String text) {
    return tokens.chunks(chunking, InputType.PASSAGE, "", text);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void chunksOfHostileTextsCoverThemWithinTheBudget(boolean isUnigram) {
    PromptedTokens tokens = isUnigram ? unigram : wordPiece;
    Random random = new Random(SEED);
    int texts = Integer.getInteger("e5.chunked-texts", 200);
    for (int i = 0; i < texts; i++) {
      String text = ChunkedTexts.next(random, i % 50 == 0 ? 2_000 : 60);
      int budget = 32 + random.nextInt(i % 2 == 0 ? 16 : 200);
      Chunking chunking = new Chunking(budget, random.nextInt(budget / 2 + 1));
      require(tokens, chunking, text);
    }
  }

  @Test
  void chunksOfRealTextsCoverThemWithinTheBudget() throws IOException {
    String text = String.join("\n\n", Files.readAllLines(SAMPLE));
    for (int budget : new int[] {32, 64, 256, 512}) {
      require(wordPiece, Chunking.of(budget), text);
    }
  }

  @Test
  void wordThatFitsAloneIsWholeBehindSignsThatNoLineEndsAt() {
    String text = "word ".repeat(60) + "👍🏽👨‍👩‍👧‍👦" + "ab".repeat(70) + " end";
    require(unigram, new Chunking(89, 43), text);
  }

  @Test
  void cutOfAWordThatIsOneUnknownTokenLeavesCharactersWhole() {
    String word = "がな" + "ひらがな".repeat(17) + "\u0085" + "ab".repeat(15);
    String text = "👧\u200d,o;これは文です。—العربية،" + word + "r.bz(uية،";
    require(wordPiece, new Chunking(32, 12), text);
  }

  private static void require(PromptedTokens tokens, Chunking chunking, String text) {
    List<Chunk> chunks = chunks(tokens, chunking, text);
    int[] characters = text.codePoints().toArray();
    Set<Integer> clusters = clusters(text);
    int covered = 0;
    int last = -1;
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      String label = label(chunking, chunk, characters);
      assertThat(chunk.position()).as(label).isEqualTo(i);
      assertThat(chunk.text())
          .as(label)
          .isEqualTo(new String(characters, chunk.start(), chunk.end() - chunk.start()));
      assertThat(chunk.start()).as(label).isGreaterThan(last);
      assertThat(chunk.end()).as(label).isGreaterThan(covered);
      assertThat(blank(characters, covered, chunk.start())).as(label).isTrue();
      assertThat(chunk.tokens())
          .as(label)
          .isEqualTo(tokens.count(InputType.PASSAGE, chunk.text()))
          .isLessThanOrEqualTo(chunking.tokens());
      assertThat(
              isWhole(clusters, chunk)
                  || isOneCharacter(tokens, chunking, chunk, characters, clusters))
          .as(label)
          .isTrue();
      requireWholeWords(tokens, chunking, text, chunk.end(), label);
      last = chunk.start();
      covered = chunk.end();
    }
    assertThat(blank(characters, covered, characters.length)).as(text).isTrue();
    assertThat(chunks(tokens, chunking, text)).isEqualTo(chunks);
  }

  private static String label(Chunking chunking, Chunk chunk, int[] characters) {
    int to = Math.min(characters.length, chunk.end() + 40);
    String around = new String(characters, chunk.start(), to - chunk.start());
    return chunking + " " + chunk + " in " + new com.google.gson.JsonPrimitive(around);
  }

  private static boolean blank(int[] characters, int from, int to) {
    for (int at = from; at < to; at++) {
      int one = characters[at];
      if (!(Character.isWhitespace(one) || Character.isSpaceChar(one) || one == 0x85)) {
        return false;
      }
    }
    return true;
  }

  /** Returns where extended grapheme clusters begin and the text ends, in code points. */
  private static Set<Integer> clusters(String text) {
    Set<Integer> begins = new HashSet<>();
    Matcher matcher = Pattern.compile("\\X").matcher(text);
    while (matcher.find()) {
      begins.add(text.codePointCount(0, matcher.start()));
    }
    begins.add(text.codePointCount(0, text.length()));
    return begins;
  }

  private static boolean isWhole(Set<Integer> clusters, Chunk chunk) {
    return clusters.contains(chunk.start()) && clusters.contains(chunk.end());
  }

  /** Returns whether a chunk splits only characters that exceed the budget by themselves. */
  private static boolean isOneCharacter(
      PromptedTokens tokens,
      Chunking chunking,
      Chunk chunk,
      int[] characters,
      Set<Integer> clusters) {
    return List.of(chunk.start(), chunk.end()).stream()
        .filter(place -> !clusters.contains(place))
        .allMatch(
            place -> {
              int from = place;
              int to = place;
              while (!clusters.contains(from)) {
                from--;
              }
              while (!clusters.contains(to)) {
                to++;
              }
              String one = new String(characters, from, to - from);
              return tokens.count(InputType.PASSAGE, one) > chunking.tokens();
            });
  }

  /** Requires that a chunk splits a word in a spaced script only if the word exceeds the budget. */
  private static void requireWholeWords(
      PromptedTokens tokens, Chunking chunking, String text, int codePoint, String label) {
    int end = text.offsetByCodePoints(0, codePoint);
    if (end == text.length() || !isSpacedLetter(text.codePointBefore(end))) {
      return;
    }
    BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
    words.setText(text);
    if (isSpacedLetter(text.codePointAt(end)) && !words.isBoundary(end)) {
      String word = text.substring(words.preceding(end), words.following(end));
      assertThat(tokens.count(InputType.PASSAGE, word)).as(label).isGreaterThan(chunking.tokens());
    }
  }

  private static boolean isSpacedLetter(int character) {
    Character.UnicodeScript script = Character.UnicodeScript.of(character);
    return Character.isLetter(character)
        && (script == Character.UnicodeScript.LATIN || script == Character.UnicodeScript.CYRILLIC);
  }

  @Test
  void chunksOverlapAtMostByTheTokensAskedFor() {
    String text = "The cat sat on the mat, and the dog did not. ".repeat(60);
    List<Chunk> chunks = chunks(wordPiece, new Chunking(64, 16), text);
    for (int i = 1; i < chunks.size(); i++) {
      String shared = text.substring(chunks.get(i).start(), chunks.get(i - 1).end());
      assertThat(wordPiece.count("", shared) - 2).isBetween(8, 16);
    }
    List<Chunk> apart = chunks(wordPiece, new Chunking(64, 0), text);
    for (int i = 1; i < apart.size(); i++) {
      assertThat(apart.get(i).start()).isEqualTo(apart.get(i - 1).end() + 1);
    }
  }

  @Test
  void titleGoesInFrontOfEachChunkWithinTheBudget() {
    String text = "Rain fell on the hills all night. ".repeat(40);
    List<Chunk> chunks =
        wordPiece.chunks(new Chunking(64, 0), InputType.PASSAGE, " Weather report ", text);
    assertThat(chunks).hasSizeGreaterThan(4);
    for (Chunk chunk : chunks) {
      assertThat(chunk.text())
          .isEqualTo("Weather report " + text.substring(chunk.start(), chunk.end()));
      assertThat(chunk.tokens())
          .isEqualTo(wordPiece.count(InputType.PASSAGE, chunk.text()))
          .isLessThanOrEqualTo(64);
    }
    List<Chunk> cut = wordPiece.chunks(new Chunking(64, 0), InputType.PASSAGE, text, text);
    assertThat(cut.get(0).text()).startsWith("Rain fell");
    assertThat(cut).allMatch(chunk -> chunk.tokens() <= 64 && chunk.end() - chunk.start() > 60);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Es war einmal, so hieß es. ",
        "中文没有空格的句子。第二句，很长",
        "中文没有空格的句子第二句很长",
        "a ",
        "ab",
        "😀",
        "\u200b",
        "ひらがなばかりのぶんしょう",
        "\n"
      })
  void timeGrowsWithTheText(String part) {
    int characters = Integer.getInteger("e5.chunked-characters", 160_000);
    List<Double> ratios = new ArrayList<>();
    for (PromptedTokens tokens : List.of(wordPiece, unigram)) {
      String text = part.repeat(characters / part.length());
      double whole = seconds(tokens, text);
      double quarter = seconds(tokens, text.substring(0, text.length() / 4 / 2 * 2));
      ratios.add(whole / Math.max(quarter, 0.02));
    }
    // The whole text is four times as long as the quarter. Quadratic time would give a ratio of 16.
    assertThat(ratios).as(part).allMatch(ratio -> ratio < 10);
  }

  /** Returns the processor time of the faster of two runs. */
  private static double seconds(PromptedTokens tokens, String text) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      chunks(tokens, Chunking.of(256), text);
      least = Math.min(least, (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }
    return least;
  }

  @Test
  void tokensBeginWhereTheirTextDoes() {
    assertThat(wordPiece.starts("a 😀 b unbelievable")).containsExactly(0, 2, 4, 6);
    assertThat(wordPiece.starts("")).isEmpty();
    assertThat(
            chunks(wordPiece, Chunking.of(256), "One text.").stream()
                .map(Chunk::tokens)
                .collect(Collectors.toList()))
        .containsExactly(wordPiece.count(InputType.PASSAGE, "One text."));
  }
}
