package io.e5spark.job.option;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPositiveNumber {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, Integer.MAX_VALUE})
  void numbersFromOneOnCount(int value) {
    assertThatCode(() -> PositiveNumber.require("k", value)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void othersAreNamedWithTheirOption(int value) {
    assertThatThrownBy(() -> PositiveNumber.require("max-rows", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid max-rows: " + value + " (must be at least 1)");
  }

  @Test
  void digitsAreNotGrouped() {
    assertThatThrownBy(() -> PositiveNumber.require("k", -1_000_000))
        .hasMessage("Invalid k: -1000000 (must be at least 1)");
  }
}
