package io.e5spark.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestPromptsFile {
  private static Optional<PromptsFile> read(String json) throws IOException {
    return PromptsFile.of(new TextFiles().with(PromptsFile.FILE, json.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'prompts':{'query':'q: ','document':'d: '}} | #q: # | #d: #",
        "{'prompts':{'query':'q: ','passage':'p: '}} | #q: # | #p: #",
        "{'prompts':{'query':'q: ','corpus':'c: '}} | #q: # | #c: #",
        "{'prompts':{'corpus':'c: ','document':'d: '}} | ## | #d: #",
        "{'prompts':{'query':'q: ','document':null}} | #q: # | ##",
        "{'prompts':{'query':'q: '},'default_prompt_name':null} | #q: # | ##",
        "{'prompts':{'query':'q: ','all':'a: '},'default_prompt_name':'all'} | #q: # | #a: #",
        "{'prompts':{'document':'d: '},'default_prompt_name':'document'} | #d: # | #d: #",
        "{'prompts':{'query':'','document':'d: ','all':'a: '},'default_prompt_name':'all'} | ## | #d: #",
      })
  void promptsAreFoundAsTheirLibraryFindsThem(String json, String query, String passage)
      throws IOException {
    assertThat(read(json)).contains(new PromptsFile(query, passage));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'prompts':null}",
        "{'prompts':{}}",
        "{'prompts':{'query':'','document':''},'default_prompt_name':null}",
        "{'prompts':{'query':null,'document':null}}",
        "{'prompts':{'clustering':'topic: '}}"
      })
  void whatTheLibraryWritesByItselfSaysNothing(String json) throws IOException {
    assertThat(read(json)).isEmpty();
    assertThat(PromptsFile.of(new TextFiles())).isEmpty();
  }

  @Test
  void brokenPromptsAreRefused() {
    assertThatThrownBy(() -> read("{'prompts':['query: ']}"))
        .hasMessage("its prompts are [\"query: \"] (must be texts by name)");
    assertThatThrownBy(() -> read("{'prompts':{'query':1}}"))
        .hasMessage("its query is 1 (must be a text)");
    assertThatThrownBy(() -> read("{'prompts':{'query':'q: '},'default_prompt_name':'other'}"))
        .hasMessage("its default_prompt_name is 'other' (must be one of its prompts [query])");
  }
}
