package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestCounter {
  @Test
  void labelsAreWordsBehindTheName() {
    assertThat(Counter.ROWS.label()).isEqualTo("e5 rows");
    assertThat(Counter.TOKENIZED_TEXTS.label()).isEqualTo("e5 tokenized texts");
    assertThat(Counter.values())
        .extracting(Counter::label)
        .doesNotHaveDuplicates()
        .allMatch(label -> label.matches("e5( [a-z]+)+"));
  }

  @Test
  void timesAreThoseOfTokenizerAndModel() {
    assertThat(Arrays.stream(Counter.values()).filter(Counter::isTime))
        .containsExactly(Counter.TOKENIZING, Counter.MODEL, Counter.WAITING);
  }
}
