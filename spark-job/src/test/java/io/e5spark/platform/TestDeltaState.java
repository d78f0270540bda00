package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests whose tables can tell their state. */
class TestDeltaState {
  @Test
  void tableOfAnotherImplementationHasNone() {
    assertThat(DeltaState.of("a table")).isEmpty();
    assertThat(DeltaState.hasCommitted("a table", "a transaction")).isFalse();
  }
}
