package io.e5spark.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the chunker with one token per character, so that budgets are easy to see. */
class TestChunker {
  private static List<String> parts(int tokens, int overlap, String text) {
    return chunks(tokens, overlap, text).stream().map(Chunk::text).toList();
  }

  private static List<Chunk> chunks(int tokens, int overlap, String text) {
    return new Chunker(new CharacterTokens(), "", new Chunking(tokens, overlap)).chunks("", text);
  }

  @Test
  void shortTextIsOneChunkWithoutTheWhiteSpaceAround() {
    assertThat(chunks(32, 0, " \n😀 one two\u00a0\n"))
        .containsExactly(new Chunk(0, 2, 11, 9, "😀 one two"));
    assertThat(chunks(32, 0, "")).isEmpty();
    assertThat(chunks(32, 0, " \n\t\u3000\u0085 ")).isEmpty();
  }

  @Test
  void paragraphEndsAChunkThatIsHalfFull() {
    assertThat(parts(32, 0, "One two. Three four.\n\nFive six. Seven eight nine."))
        .containsExactly("One two. Three four.", "Five six. Seven eight nine.");
  }

  @Test
  void sentenceEndsAChunkBeforeAWordThatFits() {
    assertThat(parts(32, 0, "One two three four five. Six seven eight, nine ten eleven."))
        .containsExactly("One two three four five.", "Six seven eight, nine ten", "eleven.");
  }

  @Test
  void clauseOrLineEndsAChunkBeforeAWordThatFits() {
    assertThat(parts(32, 0, "one two three four five six, seven eight nine ten eleven"))
        .containsExactly("one two three four five six,", "seven eight nine ten eleven");
    assertThat(parts(32, 0, "one two three four five six\nseven eight nine ten eleven"))
        .containsExactly("one two three four five six", "seven eight nine ten eleven");
  }

  @Test
  void linesOfOneSentenceAreNoSentences() {
    // The end of the line and the end of the sentence are within reach. The line is the weaker cut.
    assertThat(parts(32, 0, "One two three four so. Six\nseven eight nine ten eleven"))
        .startsWith("One two three four so.");
  }

  @Test
  void wordIsCutOnlyWhereItAloneExceedsTheBudget() {
    String word = "x".repeat(80);
    assertThat(parts(32, 0, "one " + word + " two"))
        .containsExactly("one", "x".repeat(32), "x".repeat(32), "x".repeat(16) + " two");
    assertThat(parts(32, 0, "one " + "y".repeat(32) + " two"))
        .containsExactly("one", "y".repeat(32), "two");
  }

  @Test
  void characterIsCutOnlyWhereItAloneExceedsTheBudget() {
    String family = "👨‍👩‍👧‍👦";
    assertThat(parts(32, 0, family.repeat(9)))
        .containsExactly(family.repeat(4), family.repeat(4), family);
    String marked = "a" + "\u0301".repeat(40);
    assertThat(parts(32, 0, marked)).containsExactly(marked.substring(0, 32), marked.substring(32));
  }

  @Test
  void textWithoutSpacesIsCutAtItsMarks() {
    assertThat(parts(32, 0, "これは長い文です、そしてまだ続きますので、ここで読点があります。次の文はここから始まります。"))
        .containsExactly("これは長い文です、そしてまだ続きますので、ここで読点があります。", "次の文はここから始まります。");
  }

  @Test
  void sharedTextBeginsAtABoundary() {
    List<Chunk> chunks = chunks(40, 20, "One two three. Four five six. Seven eight nine. Ten.");
    assertThat(chunks)
        .extracting(Chunk::text)
        .containsExactly("One two three. Four five six.", "Four five six. Seven eight nine. Ten.");
    assertThat(chunks.get(1).start()).isEqualTo(15);
  }

  @Test
  void nothingIsSharedWhereWhatFollowsWouldNotFit() {
    assertThat(parts(32, 16, "one two three four " + "z".repeat(30) + " five"))
        .containsExactly("one two three four", "z".repeat(30), "five");
  }

  @Test
  void budgetHoldsWhereTokensDependOnWhatStandsBefore() {
    // The first word of a text takes ten tokens, and any other word takes one token.
    TokenCounter jealous =
        new TokenCounter() {
          @Override
          public int count(String head, String text) {
            return starts(text).length + (text.isEmpty() ? 0 : 9);
          }

          @Override
          public int[] starts(String text) {
            return java.util.stream.IntStream.range(0, text.length())
                .filter(at -> text.charAt(at) != ' ' && (at == 0 || text.charAt(at - 1) == ' '))
                .toArray();
          }
        };
    List<Chunk> chunks =
        new Chunker(jealous, "", new Chunking(32, 0)).chunks("", "word ".repeat(100));
    assertThat(chunks).hasSize(5).allMatch(chunk -> chunk.tokens() <= 32);
  }

  @Test
  void titleStandsBeforeEachChunk() {
    Chunker chunker = new Chunker(new CharacterTokens(), "p: ", new Chunking(40, 0));
    assertThat(chunker.chunks(" News ", "one two three four five six seven eight"))
        .containsExactly(
            new Chunk(0, 0, 27, 35, "News one two three four five six"),
            new Chunk(1, 28, 39, 19, "News seven eight"));
    // The prompt leaves 37 tokens, and a title takes at most half of them.
    assertThat(chunker.chunks("News of the whole wide world", "one two three four five"))
        .extracting(Chunk::text)
        .containsExactly("News of the whole one two three four", "News of the whole five");
    assertThat(chunker.chunks(" \u00a0", "one")).containsExactly(new Chunk(0, 0, 3, 6, "one"));
    assertThat(chunker.chunks("News", " ")).isEmpty();
  }

  @Test
  void promptMustLeaveRoom() {
    assertThatThrownBy(
            () -> new Chunker(new CharacterTokens(), "p".repeat(20), new Chunking(32, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid chunk-tokens: 32 (must be at least 36: the prompt and the special tokens take"
                + " 20)");
  }
}
