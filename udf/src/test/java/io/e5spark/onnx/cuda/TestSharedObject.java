package io.e5spark.onnx.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TestSharedObject {
  @TempDir Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void librariesThatALibraryIsLinkedToAreRead() {
    Path library = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
    assertThat(SharedObject.neededBy(library)).contains("libjvm.so", "libc.so.6");
  }

  @Test
  void fileOfAnotherFormatIsNamed() throws Exception {
    for (String text : new String[] {"", "no library, but more than a header's bytes of text"}) {
      Path file = Files.writeString(directory.resolve("text.so"), text);
      assertThatThrownBy(() -> SharedObject.neededBy(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Cannot read %s: it is not a native library of 64-bit Linux", file);
    }
  }

  @Test
  void missingFileIsNamed() {
    Path file = directory.resolve("none.so");
    assertThatThrownBy(() -> SharedObject.neededBy(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot read " + file);
  }
}
