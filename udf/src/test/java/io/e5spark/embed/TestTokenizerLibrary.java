package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTokenizerLibrary {
  private static final String FILE = "RUST_LIBRARY_PATH";

  @TempDir Path directory;

  private static Path place(TokenizerLibrary library) {
    return Path.of(library.properties().get(FILE));
  }

  @Test
  void nativeCacheHoldsItForTheNextProcess() throws Exception {
    Path cache = directory.resolve("cache");
    try (TokenizerLibrary library = TokenizerLibrary.unpacked(cache).orElseThrow()) {
      assertThat(place(library).startsWith(cache)).isTrue();
    }
    try (TokenizerLibrary next = TokenizerLibrary.unpacked(cache).orElseThrow()) {
      assertThat(place(next)).isNotEmptyFile().hasFileName(System.mapLibraryName("tokenizers"));
    }
  }

  @Test
  void directoriesThatTheProcessHasNotNamedAreNamed() throws Exception {
    Path cache = directory.resolve("named");
    String before = System.clearProperty("jna.tmpdir");
    try (TokenizerLibrary library = TokenizerLibrary.unpacked(cache).orElseThrow()) {
      assertThat(library.properties()).containsEntry("jna.tmpdir", cache.toString());
    } finally {
      if (before != null) {
        System.setProperty("jna.tmpdir", before);
      }
    }
  }

  @Test
  void nothingIsLoadedFromADirectoryThatOthersMayWriteTo() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path own;
    try (TokenizerLibrary library = TokenizerLibrary.unpacked(directory).orElseThrow()) {
      own = place(library);
      assertThat(own.startsWith(directory)).isFalse();
      assertThat(own).isNotEmptyFile();
    }
    assertThat(own).doesNotExist();
  }

  @Test
  void directoryThatTheProcessNamesIsLeft() throws Exception {
    System.setProperty(FILE, "/opt/libtokenizers.so");
    try (TokenizerLibrary library =
        TokenizerLibrary.unpacked(directory.resolve("c")).orElseThrow()) {
      assertThat(library.properties()).doesNotContainKey(FILE);
    } finally {
      System.clearProperty(FILE);
    }
  }
}
