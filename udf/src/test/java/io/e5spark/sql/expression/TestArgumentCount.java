package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.AnalysisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestArgumentCount {
  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void tooFewOrTooManyAreRefusedAsSparkRefusesThem(int given) {
    assertThatThrownBy(() -> new ArgumentCount(1, 3).require("f", given))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("The `f` requires 1 to 3 parameters")
        .hasMessageContaining("is " + given);
  }

  @Test
  void bothEndsAreAllowed() {
    assertThatCode(() -> new ArgumentCount(1, 3).require("f", 1)).doesNotThrowAnyException();
    assertThatCode(() -> new ArgumentCount(1, 3).require("f", 3)).doesNotThrowAnyException();
    assertThatThrownBy(() -> new ArgumentCount(2, 2).require("f", 1))
        .hasMessageContaining("requires 2 parameters");
  }
}
