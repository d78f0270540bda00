package io.e5spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestInputType {
  @ParameterizedTest
  @EnumSource
  void labelNamesItsType(InputType type) {
    assertThat(InputType.of(type.label())).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Query", "document", "", "query "})
  void otherLabelIsRefused(String label) {
    assertThatThrownBy(() -> InputType.of(label))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid input type: '%s' (must be 'query' or 'passage')".formatted(label));
  }
}
