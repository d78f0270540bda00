package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPrivateDirectory {
  @TempDir Path directory;

  private static void create(Path path) throws IOException {
    new PrivateDirectory(path, "model cache", "--set model-cache").create();
  }

  @Test
  void onlyItsOwnerMayEnterANewOne() throws IOException {
    Path path = directory.resolve("a/b");
    create(path);
    create(path);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
  }

  @Test
  void oneThatOthersMayWriteToIsRefused() throws IOException {
    for (String permissions : new String[] {"rwx-w----", "rwx----w-", "rwxrwxrwx"}) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
      assertThatThrownBy(() -> create(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("others may write to the model cache " + directory);
    }
  }

  @Test
  void oneThatOthersMayReadIsFine() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    create(directory);
  }

  @Test
  void fileInItsPlaceIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> create(file)).isInstanceOf(IOException.class);
  }

  @Test
  void linkOfThisUserMayLeadThere() throws IOException {
    Path target = Files.createDirectory(directory.resolve("target"));
    create(Files.createSymbolicLink(directory.resolve("link"), target));
  }
}
