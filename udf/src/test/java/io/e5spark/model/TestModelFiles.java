package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestModelFiles {
  @TempDir Path directory;
  private ModelFiles files;

  @BeforeEach
  void setUp() {
    files = ModelDirectory.at(directory);
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  @Test
  void graphInTheDirectoryItselfComesFirst() throws IOException {
    write("onnx/model.onnx", "onnx/model.onnx_data");
    assertThat(files.graphFiles()).containsExactly("onnx/model.onnx", "onnx/model.onnx_data");
    write("model.onnx");
    assertThat(files.graphFiles()).containsExactly("model.onnx");
  }

  @Test
  void weightsAndPackedFormBelongToTheGraph() throws IOException {
    write("model.onnx", "model.onnx.data", ModelFiles.PACKED);
    assertThat(files.graphFiles())
        .containsExactly("model.onnx", "model.onnx.data", "model.packed.onnx");
  }

  @Test
  void directoryOfThatNameIsNoGraph() throws IOException {
    Files.createDirectory(directory.resolve("model.onnx"));
    assertThatThrownBy(() -> files.graph())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use model %s: found no model.onnx or onnx/model.onnx".formatted(directory));
  }
}
