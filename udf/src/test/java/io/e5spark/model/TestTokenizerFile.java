package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTokenizerFile {
  @TempDir Path directory;

  private TokenizerFile of(String json) throws IOException {
    Files.writeString(directory.resolve("tokenizer.json"), json);
    return TokenizerFile.of(ModelDirectory.at(directory));
  }

  @Test
  void vocabularyIsOneMoreThanTheLargestId() throws IOException {
    String json = "{\"model\":{\"vocab\":{\"a\":0,\"b\":7}},\"added_tokens\":[{\"id\":9}]}";
    TokenizerFile file = of(json);
    assertThat(file.vocabularySize()).isEqualTo(10);
    assertThat(file.json()).isEqualTo(json);
    assertThat(file.sha256()).isEqualTo(Sha256.of(json));
  }

  @Test
  void vocabularyMayBeAList() throws IOException {
    assertThat(
            of("{\"model\":{\"vocab\":[[\"a\",0.0],[\"b\",-1.5]]},\"added_tokens\":[]}")
                .vocabularySize())
        .isEqualTo(2);
  }

  @Test
  void paddingIsWhatTheTokenizerSays() throws IOException {
    String rest = "\"model\":{\"vocab\":{}},\"added_tokens\":[%s]}";
    String pad = "{\"id\":1,\"content\":\"%s\"}";
    assertThat(
            of("{\"padding\":{\"pad_id\":3}," + rest.formatted(pad.formatted("<pad>"))).paddingId())
        .isEqualTo(3);
    assertThat(of("{\"padding\":null," + rest.formatted(pad.formatted("<pad>"))).paddingId())
        .isEqualTo(1);
    assertThat(of("{" + rest.formatted(pad.formatted("[PAD]"))).paddingId()).isEqualTo(1);
    assertThat(of("{" + rest.formatted(pad.formatted("<s>"))).paddingId()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"model\":[],\"added_tokens\":[]}",
        "{\"model\":{\"vocab\":3},\"added_tokens\":[]}",
        "{\"model\":{\"vocab\":{\"a\":\"x\"}},\"added_tokens\":[]}",
        "{\"model\":{\"vocab\":{\"a\":null}},\"added_tokens\":[]}",
        "{\"model\":{\"vocab\":{\"a\":2147483647}},\"added_tokens\":[]}",
        "{\"model\":{\"vocab\":{}},\"added_tokens\":{}}",
        "{\"model\":{\"vocab\":{}},\"added_tokens\":[{\"id\":[]}]}",
        "{\"padding\":{\"pad_id\":\"x\"},\"model\":{\"vocab\":{}},\"added_tokens\":[]}"
      })
  void otherJsonIsRefused(String json) {
    assertThatThrownBy(() -> of(json))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("its tokenizer.json is not a tokenizer of the tokenizers library");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> TokenizerFile.of(ModelDirectory.at(directory)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("tokenizer.json");
  }
}
