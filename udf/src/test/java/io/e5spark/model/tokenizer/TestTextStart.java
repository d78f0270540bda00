package io.e5spark.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestTextStart {
  @Test
  void marksStayWithTheirLetter() {
    assertThat(TextStart.of("abcd", 2)).isEqualTo("ab");
    assertThat(TextStart.of("abe\u0301\u0323\u0301d", 4)).isEqualTo("ab");
    assertThat(TextStart.of("a👩\u200d👩", 3)).isEqualTo("a");
    assertThat(TextStart.of("\u0301\u0301\u0301", 2)).isEmpty();
  }

  @Test
  void pairsOfSurrogatesStayWhole() {
    assertThat(TextStart.of("a😀b", 2)).isEqualTo("a");
    assertThat(TextStart.of("a😀b", 3)).isEqualTo("a😀");
  }

  @Test
  void blanksGoWithWhatFollows() {
    assertThat(TextStart.of("ab \t\u00a0\u3000\u0085c", 6)).isEqualTo("ab");
    assertThat(TextStart.of("   c", 2)).isEmpty();
  }
}
