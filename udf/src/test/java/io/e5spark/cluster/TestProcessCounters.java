package io.e5spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.embed.Counter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestProcessCounters {
  @ParameterizedTest
  @EnumSource
  void amountsAddUp(Counter counter) {
    long before = ProcessCounters.sum(counter);
    ProcessCounters.add(counter, 3);
    ProcessCounters.add(counter, 4);
    assertThat(ProcessCounters.sum(counter)).isEqualTo(before + 7);
  }

  @Test
  void countersAreApart() {
    long before = ProcessCounters.sum(Counter.TEXTS);
    ProcessCounters.add(Counter.TOKENS, 3);
    assertThat(ProcessCounters.sum(Counter.TEXTS)).isEqualTo(before);
  }

  @Test
  void threadsLoseNothing() {
    long before = ProcessCounters.sum(Counter.PADDING);
    IntStream.range(0, 10_000).parallel().forEach(i -> ProcessCounters.add(Counter.PADDING, 1));
    assertThat(ProcessCounters.sum(Counter.PADDING)).isEqualTo(before + 10_000);
  }
}
