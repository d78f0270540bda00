package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestUnfinishedDirectory {
  @TempDir Path directory;

  private Path target() {
    return directory.resolve("new/model");
  }

  @Test
  void movesWhatIsComplete() throws IOException {
    try (UnfinishedDirectory unfinished = UnfinishedDirectory.beside(target())) {
      Files.writeString(unfinished.path().resolve("a"), "a");
      assertThat(target()).doesNotExist();
      unfinished.complete();
    }
    assertThat(target().resolve("a")).hasContent("a");
    assertThat(target().getParent().toFile().list()).containsExactly("model");
  }

  @Test
  void deletesTheRest() throws IOException {
    try (UnfinishedDirectory unfinished = UnfinishedDirectory.beside(target())) {
      Files.createDirectory(unfinished.path().resolve("b"));
      Files.writeString(unfinished.path().resolve("b/c"), "c");
    }
    assertThat(target().getParent().toFile().list()).isEmpty();
  }
}
