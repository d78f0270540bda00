package io.e5spark.job.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.chunk.Chunking;
import io.e5spark.chunked.DocumentChunks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Tests {@link DocumentFlags} and the {@link ChunkFlags} in it. */
class TestDocumentFlags {
  private static DocumentFlags parsed(String... arguments) {
    return CommandLine.populateCommand(new DocumentFlags(), arguments);
  }

  @Test
  void documentsAreWholeWithoutTheOption() {
    assertThat(parsed().chunks()).isNull();
    assertThat(parsed().kept(List.of("author"))).containsExactly("author");
  }

  @Test
  void overlapIsAnEighthUnlessItIsGiven() {
    assertThat(parsed("--chunk").chunks()).isEqualTo(chunks(256, 32, ""));
    assertThat(parsed("--chunk", "--chunk-tokens", "64").chunks()).isEqualTo(chunks(64, 8, ""));
    assertThat(parsed("--chunk", "--chunk-overlap", "0").chunks()).isEqualTo(chunks(256, 0, ""));
    assertThat(parsed("--chunk", "--chunk-tokens", "64", "--chunk-overlap", "32").chunks())
        .isEqualTo(chunks(64, 32, ""));
  }

  @Test
  void titleIsKeptOnce() {
    DocumentFlags flags = parsed("--chunk", "--chunk-title", "heading");
    assertThat(flags.chunks()).isEqualTo(chunks(256, 32, "heading"));
    assertThat(flags.kept(List.of("author"))).containsExactly("author", "heading");
    assertThat(flags.kept(List.of("heading", "author"))).containsExactly("heading", "author");
  }

  @ParameterizedTest
  @CsvSource({"--chunk-tokens,64", "--chunk-overlap,8", "--chunk-title,heading"})
  void optionsOfChunksNeedChunks(String option, String value) {
    assertThatThrownBy(() -> parsed(option, value).chunks())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid option: " + option + " without --chunk (it needs --chunk)");
  }

  @ParameterizedTest
  @CsvSource({
    "31,8,Invalid chunk-tokens: 31 (must be from 32 to 512)",
    "513,8,Invalid chunk-tokens: 513 (must be from 32 to 512)",
    "64,33,Invalid chunk-overlap: 33 (must be from 0 to 32)",
    "64,-1,Invalid chunk-overlap: -1 (must be from 0 to 32)",
  })
  void numbersOutOfRangeAreNamed(String tokens, String overlap, String message) {
    DocumentFlags flags = parsed("--chunk", "--chunk-tokens", tokens, "--chunk-overlap", overlap);
    assertThatThrownBy(flags::chunks)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static DocumentChunks chunks(int tokens, int overlap, String title) {
    return new DocumentChunks(new Chunking(tokens, overlap), title);
  }
}
