package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFetchedCheckpoint {
  @TempDir Path directory;

  @Test
  void localDirectoryIsReadWhereItLies() throws IOException {
    Files.writeString(directory.resolve("config.json"), "{}");
    try (FetchedCheckpoint fetched = FetchedCheckpoint.of(directory.toString())) {
      assertThat(fetched.files().directory()).isEqualTo(directory);
      assertThat(fetched.files().location()).isEqualTo(directory.toString());
    }
    assertThat(directory.resolve("config.json")).exists();
  }

  @Test
  void whatIsNoDirectoryIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    for (Path path : new Path[] {file, directory.resolve("missing")}) {
      assertThatThrownBy(() -> FetchedCheckpoint.of(path.toString()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot import %s: there is no directory ".formatted(path));
    }
  }
}
