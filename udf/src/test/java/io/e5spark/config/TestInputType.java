package io.e5spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestInputType {
  @Test
  void prefixesAreThoseOfE5() {
    assertThat(InputType.QUERY.prefix()).isEqualTo("query: ");
    assertThat(InputType.PASSAGE.prefix()).isEqualTo("passage: ");
  }

  @ParameterizedTest
  @EnumSource
  void labelNamesItsType(InputType type) {
    assertThat(InputType.of(type.label())).isEqualTo(type);
    assertThat(InputType.isPrefixed(type.prefix() + "text")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Query", "document", "", "query "})
  void otherLabelIsRefused(String label) {
    assertThatThrownBy(() -> InputType.of(label))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid input type: '%s' (must be 'query' or 'passage')".formatted(label));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "query", "query:text", "Query: text", " query: text", "a query: b"})
  void textWithoutThePrefixInFrontIsNotPrefixed(String text) {
    assertThat(InputType.isPrefixed(text)).isFalse();
  }
}
