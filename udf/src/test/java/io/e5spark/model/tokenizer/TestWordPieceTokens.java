package io.e5spark.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestWordPieceTokens {
  @Test
  void theTokensOfTheLongestWordAreNotCounted() {
    WordPieceTokens rule = new WordPieceTokens(100);
    int unsettled = 512 + 100 + SettledTokens.TAIL;
    assertThat(rule.settles(512, unsettled, () -> new String[0])).isFalse();
    assertThat(rule.settles(512, unsettled + 1, () -> new String[0])).isTrue();
    assertThat(rule.characters(512)).isEqualTo(8_192);
  }
}
