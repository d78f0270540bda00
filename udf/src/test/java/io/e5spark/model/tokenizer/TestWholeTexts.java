package io.e5spark.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestWholeTexts {
  @Test
  void noBeginningIsEnough() {
    WholeTexts rule = new WholeTexts();
    assertThat(rule.characters(3)).isGreaterThan(Integer.MAX_VALUE);
    assertThat(rule.settles(3, 100_000, () -> new String[0])).isFalse();
  }
}
