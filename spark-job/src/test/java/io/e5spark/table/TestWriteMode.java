package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestWriteMode {
  @ParameterizedTest
  @CsvSource({"OVERWRITE, true", "REPLACE, true", "APPEND, false", "MERGE, false"})
  void someModesTakeAllRowsAway(WriteMode mode, boolean expected) {
    assertThat(mode.replaces()).isEqualTo(expected);
  }
}
