package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestPrompts {
  private static final Prompts INSTRUCT = new Prompts("Instruct: {task}\nQuery: ", "");
  private static final Prompts QUERIES = new Prompts("Represent this sentence: ", "");

  @Test
  void eachSideHasItsPrompt() {
    assertThat(Prompts.E5.of(InputType.QUERY)).isEqualTo("query: ");
    assertThat(Prompts.E5.of(InputType.PASSAGE)).isEqualTo("passage: ");
  }

  @Test
  void taskStandsInTheQuerysPrompt() {
    assertThat(INSTRUCT.takesTask()).isTrue();
    assertThat(INSTRUCT.withTask("Find {task} $1"))
        .isEqualTo(new Prompts("Instruct: Find {task} $1\nQuery: ", ""));
    assertThat(Prompts.E5.takesTask()).isFalse();
    assertThat(Prompts.E5.withTask("")).isEqualTo(Prompts.E5);
  }

  @ParameterizedTest
  @EnumSource
  void eitherPromptOfE5IsRepeatedOnBothSides(InputType side) {
    assertThat(Prompts.E5.areRepeated(side, "query: text")).isTrue();
    assertThat(Prompts.E5.areRepeated(side, "passage: text")).isTrue();
    assertThat(Prompts.NONE.areRepeated(side, "query: text")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "query", "query:text", "Query: text", " query: text", "a query: b"})
  void textWithoutThePromptInFrontRepeatsNone(String text) {
    assertThat(Prompts.E5.areRepeated(InputType.QUERY, text)).isFalse();
  }

  @Test
  void nothingIsRepeatedWhereThePromptIsEmpty() {
    String text = "Represent this sentence: text";
    assertThat(QUERIES.areRepeated(InputType.QUERY, text)).isTrue();
    assertThat(QUERIES.areRepeated(InputType.PASSAGE, text)).isFalse();
    assertThat(QUERIES.areRepeated(InputType.QUERY, "query: text")).isFalse();
  }

  @Test
  void promptOfAnotherTaskIsRepeatedToo() {
    assertThat(INSTRUCT.areRepeated(InputType.QUERY, "Instruct: Sort\nQuery: text")).isTrue();
    assertThat(INSTRUCT.areRepeated(InputType.QUERY, "Instruct: your staff")).isFalse();
    assertThat(new Prompts("{task}: ", "").areRepeated(InputType.QUERY, "a: b")).isFalse();
  }

  @Test
  void promptsAreShownOnOneLine() {
    assertThat(Prompts.E5).hasToString("'query: ' and 'passage: '");
    assertThat(INSTRUCT).hasToString("'Instruct: {task}\\nQuery: ' and ''");
    assertThat(Prompts.NONE).hasToString("none");
    assertThat(Prompts.E5.listed()).isEqualTo("'query: ' or 'passage: '");
    assertThat(QUERIES.listed()).isEqualTo("'Represent this sentence: '");
    assertThat(new Prompts("search: ", "search: ").listed()).isEqualTo("'search: '");
  }
}
