package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.model.EmbeddingException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TestSegments {
  /** Returns the ids of an opening token, a prefix, a text, and a closing token. */
  private static long[] ids(int text) {
    return LongStream.rangeClosed(0, 2L + text).toArray();
  }

  @Test
  void segmentsBeginWithThePrefixAndEndWithTheClosingToken() {
    TokenizedText[] segments = Segments.of(ids(20), 2, 11);
    assertThat(segments).hasSize(3);
    assertThat(segments[0].ids()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 22);
    assertThat(segments[1].ids()).containsExactly(0, 1, 9, 10, 11, 12, 13, 14, 15, 16, 22);
    assertThat(segments[2].ids()).containsExactly(0, 1, 16, 17, 18, 19, 20, 21, 22);
    assertThat(segments).noneMatch(TokenizedText::truncated);
  }

  @Test
  void everyTokenIsInASegment() {
    for (int text = 1; text < 60; text++) {
      for (int longest = 4; longest < 20; longest++) {
        long[] ids = ids(text);
        boolean[] seen = new boolean[ids.length];
        for (TokenizedText segment : Segments.of(ids, 2, longest)) {
          assertThat(segment.length()).isLessThanOrEqualTo(longest);
          for (int id : segment.ids()) {
            seen[id] = true;
          }
        }
        assertThat(seen).doesNotContain(false);
      }
    }
  }

  @Test
  void prefixThatLeavesNoRoomIsRefused() {
    assertThatThrownBy(() -> Segments.of(ids(20), 4, 5))
        .isInstanceOf(EmbeddingException.class)
        .hasMessage("Cannot cut a text into segments of 5 tokens: the prefix leaves no room");
  }

  @Test
  void tokensGivenCountTheOverlap() {
    assertThat(Segments.tokensGiven(700)).isEqualTo(800);
    assertThat(Segments.tokensGiven(Integer.MAX_VALUE)).isGreaterThan(Integer.MAX_VALUE);
  }
}
