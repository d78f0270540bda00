package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestStrtodNumber {
  @ParameterizedTest
  @CsvSource({
    "1, 1.0, true",
    "-1.5e3, -1500.0, true",
    "+.5, 0.5, true",
    "5., 5.0, true",
    "0x10, 16.0, true",
    "-0X1.8p1, -3.0, true",
    "0x.8, 0.5, true",
    "inf, Infinity, true",
    "-Infinity, -Infinity, true",
    "infinite, Infinity, false",
    "1e, 1.0, false",
    "1.5f, 1.5, false",
    "1_000, 1.0, false",
    "0x, 0.0, false",
    "'1,5', 1.0, false"
  })
  void longestBeginningIsRead(String text, double value, boolean whole) {
    assertThat(StrtodNumber.read(text)).isEqualTo(new StrtodNumber(value, whole));
  }

  @Test
  void signOfZeroIsKept() {
    assertThat(StrtodNumber.read("-0").value()).isEqualTo(-0.0);
    assertThat(StrtodNumber.read("NaN").value()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", ".", "-", "e5", "+-1", "\u0665"})
  void whatBeginsWithoutOneIsNone(String text) {
    assertThat(StrtodNumber.read(text)).isNull();
  }
}
