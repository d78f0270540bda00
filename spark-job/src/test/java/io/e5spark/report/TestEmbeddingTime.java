package io.e5spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TestEmbeddingTime {
  @Test
  void tasksThatCallTheModelWorkSideBySide() {
    EmbeddingTime time = new EmbeddingTime(4, 60, 10, 16, 0);
    assertThat(time.seconds()).isEqualTo(4);
    assertThat(time.busyPercent()).isEmpty();
  }

  @Test
  void callsOfASharedSessionWaitForEachOther() {
    EmbeddingTime time = new EmbeddingTime(16, 18, 20, 16, 1);
    assertThat(time.seconds()).isEqualTo(18);
    assertThat(time.busyPercent()).hasValue(90);
    assertThat(new EmbeddingTime(16, 18, 20, 16, 2).seconds()).isEqualTo(9);
  }

  @Test
  void partOfARunTakesTimeAlsoIfThereAreMoreSessionsThanBefore() {
    EmbeddingTime before = new EmbeddingTime(0, 36_000, 40_000, 16, 1);
    assertThat(new EmbeddingTime(0, 36_100, 40_060, 16, 2).since(before).seconds()).isEqualTo(50);
  }

  @Test
  void tokenizerMayBeSlowerThanTheSession() {
    assertThat(new EmbeddingTime(64, 3, 5, 16, 1).seconds()).isEqualTo(4);
  }
}
