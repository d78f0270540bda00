package io.e5spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestRounds {
  @Test
  void medianIsTheMiddleOneOrTheMeanOfTwo() {
    assertThat(Rounds.median(List.of(7.0), Double::doubleValue)).isEqualTo(7);
    assertThat(Rounds.median(List.of(9.0, 1.0), Double::doubleValue)).isEqualTo(5);
    assertThat(Rounds.median(List.of(9.0, 1.0, 2.0), Double::doubleValue)).isEqualTo(2);
    assertThat(Rounds.median(List.of(4.0, 1.0, 2.0, 100.0), Double::doubleValue)).isEqualTo(3);
    assertThat(Rounds.median(List.of("abc", "a"), String::length)).isEqualTo(2);
  }
}
