package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestSplitTexts {
  private static final String NONE = "Text is too long";

  private static TokenizedText text(int... ids) {
    return new TokenizedText(ids, false);
  }

  private static Embedding vector(int tokens, float... components) {
    return Embedding.of(components, tokens, false);
  }

  /** Returns the embedding of a text that joins these embeddings of its two segments. */
  private static Embedding joined(boolean normalize, Embedding first, Embedding second) {
    SplitTexts split = new SplitTexts();
    split.add(text(1), text(2));
    return split.joined(List.of(first, second), normalize).get(0);
  }

  @Test
  void segmentsOfAllTextsStandInOrder() {
    SplitTexts split = new SplitTexts();
    TokenizedText[] texts = {text(1), text(2), text(3)};
    split.add(texts[0]);
    split.fail(NONE);
    split.add(texts[1], texts[2]);
    assertThat(split.all()).containsExactly(texts);
  }

  @Test
  void eachTextGetsItsOwnSegments() {
    SplitTexts split = new SplitTexts();
    split.add(text(1));
    split.add(text(2), text(3));
    split.add(text(4));
    Embedding first = vector(3, 1, 0);
    Embedding last = vector(5, 0, 1);
    List<Embedding> joined =
        split.joined(List.of(first, vector(4, 2, 0), vector(4, 0, 2), last), false);
    assertThat(joined).hasSize(3);
    assertThat(joined.get(0)).isSameAs(first);
    assertThat(joined.get(1).vector()).containsExactly(1, 1);
    assertThat(joined.get(2)).isSameAs(last);
  }

  @Test
  void textWithoutSegmentsCarriesTheError() {
    SplitTexts split = new SplitTexts();
    split.fail(NONE);
    split.add(text(1));
    List<Embedding> joined = split.joined(List.of(vector(3, 1, 0)), true);
    assertThat(joined.get(0).error()).isEqualTo(NONE);
    assertThat(joined.get(0).vector()).isNull();
    assertThat(joined.get(1).error()).isNull();
  }

  @Test
  void noTextsAreNoEmbeddings() {
    SplitTexts split = new SplitTexts();
    assertThat(split.all()).isEmpty();
    assertThat(split.joined(List.of(), true)).isEmpty();
  }

  @Test
  void singleSegmentStaysCut() {
    SplitTexts split = new SplitTexts();
    split.add(text(1));
    Embedding cut = Embedding.of(new float[] {1, 0}, 512, true);
    assertThat(split.joined(List.of(cut), true)).containsExactly(cut);
  }

  @Test
  void meanIsWeightedByTokens() {
    Embedding joined = joined(false, vector(30, 1, 0), vector(10, 0, 1));
    assertThat(joined.vector()).containsExactly(0.75f, 0.25f);
    assertThat(joined.tokens()).isEqualTo(40);
    assertThat(joined.truncated()).isFalse();
  }

  @Test
  void normalizedMeanHasNormOne() {
    Embedding joined = joined(true, vector(30, 1, 0), vector(40, 0, 1));
    assertThat(joined.vector()).containsExactly(new float[] {0.6f, 0.8f}, within(1e-7f));
    assertThat(joined.tokens()).isEqualTo(70);
  }

  @Test
  void failedSegmentFailsItsTextAlone() {
    SplitTexts split = new SplitTexts();
    split.add(text(1), text(2));
    split.add(text(3));
    Embedding failed = Embedding.failed("Cannot embed");
    Embedding whole = vector(3, 1, 0);
    assertThat(split.joined(List.of(vector(3, 1, 0), failed, whole), true))
        .containsExactly(failed, whole);
  }

  @Test
  void segmentsThatCancelEachOtherOutHaveNoDirection() {
    assertThat(joined(true, vector(3, 1, 0), vector(3, -1, 0)).error())
        .isEqualTo("Invalid vector: the segments of the text cancel each other out");
    assertThat(joined(false, vector(3, 1, 0), vector(3, -1, 0)).vector()).containsExactly(0, 0);
  }
}
