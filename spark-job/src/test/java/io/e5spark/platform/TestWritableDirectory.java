package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWritableDirectory {
  @TempDir Path directory;

  private static WritableDirectory at(Path path) throws IOException {
    LocalFileSystem files = new LocalFileSystem();
    files.initialize(URI.create("file:///"), new Configuration(false));
    return new WritableDirectory("out", new org.apache.hadoop.fs.Path(path.toString()), files);
  }

  @Test
  void checkLeavesNothingBehind() throws IOException {
    at(directory.resolve("a/b/c")).require();
    assertThat(directory).isEmptyDirectory();
    Path existing = Files.createDirectory(directory.resolve("d"));
    at(existing).require();
    assertThat(existing).isEmptyDirectory();
  }

  @Test
  void logWithoutCommitsIsTheFirstWriteThatFailed() throws IOException {
    Files.createDirectory(directory.resolve("_delta_log"));
    at(directory).require();
    assertThat(directory.resolve("_delta_log")).exists();
  }

  @Test
  void otherFilesAreNotOverwritten() throws IOException {
    Files.writeString(directory.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(at(directory)::require)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write to out: it holds files that do not belong to a Delta table");
  }

  @Test
  void placeBelowAFileIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(at(file.resolve("out"))::require)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write to out: ");
  }
}
