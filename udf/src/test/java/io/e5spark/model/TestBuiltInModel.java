package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.onnx.ModelInspector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBuiltInModel {
  private static final BuiltInModel MODEL = BuiltInModel.E5_SMALL_V2;
  private static final byte[] END = "end".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  private Path unpacked(byte[] end) throws IOException {
    return MODEL.unpacked(HostCopies.ofModels(directory.resolve("cache").toString()), end);
  }

  @Test
  void itsIdentityIsThatOfItsFiles() throws IOException {
    for (String file : List.of("model.onnx", ModelFiles.TOKENIZER)) {
      try (InputStream in = MODEL.open(file)) {
        Files.copy(in, directory.resolve(file));
      }
    }
    assertThat(MODEL.identity())
        .usingRecursiveComparison()
        .ignoringFields("location")
        .isEqualTo(ModelInspector.inspect(ModelDirectory.at(directory)));
  }

  @Test
  void graphIsUnpackedOnce() throws IOException {
    Path graph = unpacked(END);
    try (InputStream in = MODEL.open("model.onnx")) {
      byte[] published = in.readAllBytes();
      byte[] copied = Files.readAllBytes(graph);
      assertThat(Arrays.mismatch(published, copied)).isEqualTo(published.length);
      assertThat(Arrays.copyOfRange(copied, published.length, copied.length)).isEqualTo(END);
    }
    Object file = Files.getAttribute(graph, "unix:ino");
    assertThat(unpacked(END)).isEqualTo(graph);
    assertThat(Files.getAttribute(graph, "unix:ino")).isEqualTo(file);
    assertThat(unpacked(new byte[0])).isNotEqualTo(graph);
  }

  @Test
  void cutGraphIsUnpackedAnew() throws IOException {
    Path graph = unpacked(END);
    long whole = Files.size(graph);
    Files.write(graph, new byte[1_000]);
    assertThat(unpacked(END)).isEqualTo(graph);
    assertThat(graph).hasSize(whole);
  }

  @Test
  void placeThatOthersMayWriteToIsRefused() throws IOException {
    Path cache = Files.createDirectory(directory.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> unpacked(END))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("others may write to the model cache " + cache);
  }
}
