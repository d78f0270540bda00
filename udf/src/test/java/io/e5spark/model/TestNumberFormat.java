package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestNumberFormat {
  @ParameterizedTest
  @EnumSource
  void nameIsTheSameForPeopleAndInJson(NumberFormat format) {
    assertThat(NumberFormat.of(format.toString())).isEqualTo(format);
    assertThat(new Gson().toJson(format)).isEqualTo("\"%s\"".formatted(format));
  }

  @Test
  void otherNamesAreRefused() {
    assertThatThrownBy(() -> NumberFormat.of("FP16"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid precision: FP16 (must be one of fp32, fp16, int8)");
  }
}
