package io.e5spark.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestCuts {
  private static Cuts cuts(String text) {
    return Cuts.of(text, Graphemes.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'One.\n\nTwo', PARAGRAPH",
    "'One.\r\n\r\nTwo', PARAGRAPH",
    "'One.\u2029Two', PARAGRAPH",
    "'One. Two', SENTENCE",
    "'One.\nTwo', SENTENCE",
    "'One!\" Two', SENTENCE",
    "'一。二', SENTENCE",
    "'one\nTwo', CLAUSE",
    "'one, two', CLAUSE",
    "'一、二', CLAUSE",
    "'one two', WORD",
    "'漢字かな', PART",
    "'5\u00a0km', PART"
  })
  void cutIsWhatEndsThere(String text, Boundary boundary) {
    assertThat(cuts(text).all().values()).first().isEqualTo(boundary);
  }

  @Test
  void thereIsNoneInsideWordsNumbersOrAddresses() {
    assertThat(cuts("don't").from(1)).isEmpty();
    assertThat(cuts("well-known").from(1)).isEmpty();
    assertThat(cuts("3.50").from(1)).isEmpty();
    assertThat(cuts("a.b/c").from(1)).isEmpty();
    assertThat(cuts("  one  ").from(1)).isEmpty();
    assertThat(cuts("👨‍👩‍👧").from(1)).isEmpty();
  }

  @Test
  void strongerCutWinsWithinItsReach() {
    String text = "One two. Three, four five";
    assertThat(cuts(text).lastBest(0, 25, place -> 1)).hasValue(9);
    assertThat(cuts(text).lastBest(0, 25, place -> place / 16.0)).hasValue(16);
    assertThat(cuts(text).lastBest(0, 25, place -> place / 21.0)).hasValue(16);
    assertThat(cuts(text).lastBest(16, 25, place -> 0.8)).hasValue(21);
    assertThat(cuts(text).lastBest(16, 20, place -> 1)).isEqualTo(OptionalInt.empty());
    assertThat(cuts(text).firstBest(1, 25, place -> 1)).hasValue(9);
    assertThat(cuts(text).firstBest(10, 25, place -> 1)).hasValue(16);
    assertThat(cuts(text).firstBest(16, 16, place -> 1)).isEmpty();
  }
}
