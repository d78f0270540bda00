package io.e5spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.embed.Counter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestProgress {
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final Progress progress =
      new Progress(
          new PrintWriter(new StringWriter()), counter -> counts.getOrDefault(counter, 0L), 1_000);

  @AfterEach
  void end() {
    progress.close();
  }

  @Test
  void speedPaddingAndTimeLeftFollowTheTokens() {
    counts.put(Counter.TEXTS, 100L);
    counts.put(Counter.TOKENIZED_TEXTS, 200L);
    counts.put(Counter.TOKENIZED_TOKENS, 20_000L);
    counts.put(Counter.PADDING, 2_500L);
    // A text has 100 tokens on average. The window has 10,000 tokens left, and 800 texts are
    // unseen.
    assertThat(progress.line(10_000, 10))
        .isEqualTo(
            "100 of 1,000 texts, 10.0 texts/s, 1,000 tokens/s, padding 20.0 %, 1 min 30 s left");
  }

  @Test
  void rowsWithoutTextAndRepeatedOnesNeedNoTime() {
    counts.put(Counter.TOKENIZED_TEXTS, 200L);
    counts.put(Counter.TOKENIZED_TOKENS, 20_000L);
    counts.put(Counter.NULLS, 300L);
    counts.put(Counter.DUPLICATES, 500L);
    assertThat(progress.line(20_000, 10))
        .endsWith("padding 0.0 %, all texts are embedded, writing the rest");
  }

  @Test
  void hoursAreNamed() {
    counts.put(Counter.TOKENIZED_TEXTS, 1L);
    counts.put(Counter.TOKENIZED_TOKENS, 100L);
    assertThat(progress.line(100, 10)).endsWith("2 h 46 min left");
  }
}
