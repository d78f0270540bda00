package io.e5spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestHadoopModel {
  @TempDir Path directory;
  private HadoopModel model;

  @BeforeEach
  void writeModel() throws IOException {
    Files.createDirectories(directory.resolve("onnx"));
    Files.writeString(directory.resolve("onnx/model.onnx"), "graph");
    Files.writeString(directory.resolve("onnx/model.onnx_data"), "weights");
    Files.writeString(directory.resolve("tokenizer.json"), "tokenizer");
    FileSystem files = new RawLocalFileSystem();
    files.initialize(directory.toUri(), new Configuration(false));
    model =
        new HadoopModel("other:/model", files, new org.apache.hadoop.fs.Path(directory.toUri()));
  }

  @Test
  void filesAreThoseOfItsDirectory() throws IOException {
    assertThat(model.has("tokenizer.json")).isTrue();
    assertThat(model.has("onnx/model.onnx")).isTrue();
    assertThat(model.has("model.onnx")).isFalse();
    assertThat(model.graphFiles()).containsExactly("onnx/model.onnx", "onnx/model.onnx_data");
  }

  @Test
  void fileIsReadFromItsFirstByte() throws IOException {
    try (InputStream file = model.open("onnx/model.onnx_data")) {
      assertThat(file.readAllBytes()).isEqualTo("weights".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void statusIsSizeAndTime() throws IOException {
    assertThat(model.status("onnx/model.onnx").getLen()).isEqualTo(5);
    assertThat(model.status("onnx/model.onnx").getModificationTime())
        .isEqualTo(Files.getLastModifiedTime(directory.resolve("onnx/model.onnx")).toMillis());
  }

  @Test
  void missingFileIsAnError() {
    assertThatThrownBy(() -> model.open("model.onnx")).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> model.status("model.onnx")).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void stampIsTheAddressOfTheDirectory() throws IOException {
    String before = model.stamp();
    Files.writeString(directory.resolve("tokenizer.json"), "another tokenizer");
    assertThat(model.stamp()).isEqualTo(before).contains(directory.toString());
  }

  @Test
  void locationIsAsTheUserNamedIt() throws IOException {
    assertThat(model.location()).isEqualTo("other:/model");
    Files.delete(directory.resolve("onnx/model.onnx"));
    assertThatThrownBy(model::graph)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use model other:/model: found no model.onnx or onnx/model.onnx");
  }
}
