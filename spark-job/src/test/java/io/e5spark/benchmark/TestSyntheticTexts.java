package io.e5spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSyntheticTexts {
  @TempDir Path directory;
  @TempDir Path other;

  @Test
  void textsAreTheSameAtEveryRun() throws IOException {
    TextSource source = SyntheticTexts.in(directory, 20);
    SyntheticTexts.in(other, 30);
    List<String> lines = Files.readAllLines(Path.of(source.input()));
    assertThat(lines).hasSize(20);
    assertThat(Files.readAllLines(other.resolve("texts.jsonl")))
        .startsWith(lines.toArray(String[]::new));
    assertThat(source.format()).isEqualTo(SourceFormat.JSON);
    assertThat(source.idColumns()).containsExactly("id");
    assertThat(source.textColumns()).containsExactly("text");
  }

  @Test
  void theyAreAsLongAsAbstracts() throws IOException {
    TextSource source = SyntheticTexts.in(directory, 400);
    double words =
        Files.readAllLines(Path.of(source.input())).stream()
            .mapToInt(line -> line.split(" ", -1).length)
            .average()
            .orElseThrow();
    assertThat(words).isBetween(150.0, 280.0);
  }

  @Test
  void placeThatCannotBeWrittenIsNamed() {
    assertThatThrownBy(() -> SyntheticTexts.in(directory.resolve("missing"), 1))
        .hasMessageStartingWith("Cannot write " + directory.resolve("missing"));
  }
}
