package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Device;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.HostCopies;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestVerifiedCopy {
  @TempDir Path directory;

  private VerifiedCopy copy() {
    return copy("");
  }

  private VerifiedCopy copy(String end) {
    return VerifiedCopy.of(ModelDirectory.at(directory), end.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, String content) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    Files.writeString(directory.resolve(name), content);
  }

  @Test
  void hashIsThatOfAllFilesOneAfterTheOther() throws IOException {
    write("onnx/model.onnx", "graph");
    write("onnx/model.onnx_data", "weights");
    try (VerifiedCopy copy = copy()) {
      assertThat(copy.sha256()).isEqualTo(Sha256.of("graphweights"));
      assertThat(copy.graph()).hasContent("graph");
      assertThat(copy.graph().resolveSibling("model.onnx_data")).hasContent("weights");
    }
  }

  @Test
  void whatWasHashedStaysWhenTheModelChanges() throws IOException {
    write("model.onnx", "graph");
    try (VerifiedCopy copy = copy()) {
      write("model.onnx", "other");
      assertThat(copy.graph()).hasContent("graph");
    }
  }

  @Test
  void appendedBytesChangeTheCopyAlone() throws IOException {
    write("model.onnx", "graph");
    try (VerifiedCopy copy = copy("!")) {
      assertThat(copy.graph()).hasContent("graph!");
      assertThat(copy.sha256()).isEqualTo(Sha256.of("graph"));
    }
    assertThat(directory.resolve("model.onnx")).hasContent("graph");
  }

  @Test
  void packedFormIsForGpus() throws IOException {
    write("model.onnx", "graph");
    write(ModelFiles.PACKED, "packed");
    try (VerifiedCopy copy = copy("!")) {
      assertThat(copy.graphFor(Device.CUDA)).hasContent("packed!");
      assertThat(copy.graphFor(Device.CPU)).hasContent("graph!");
    }
  }

  @Test
  void nothingIsLeftOnceItIsClosed() throws IOException {
    write("model.onnx", "graph");
    VerifiedCopy copy = copy();
    copy.close();
    copy.close();
    assertThat(copy.graph().getParent()).doesNotExist();
  }

  @Test
  void modelThatCannotBeReadLeavesNothing() throws IOException {
    assertThatThrownBy(this::copy).hasMessageContaining("found no model.onnx");
    write("model.onnx", "graph");
    write(
        "e5-model.json",
        "{\"sha256\":{},\"golden\":[],\"pooling\":\"mean\",\"precision\":\"fp32\"}");
    assertThatThrownBy(this::copy).hasMessageContaining("its file model.onnx has changed");
  }

  @Test
  void builtInGraphStaysForOtherProcesses() throws IOException {
    Path cache = directory.resolve("cache");
    VerifiedCopy copy = builtIn(cache);
    assertThat(copy.graph()).startsWith(cache);
    assertThat(copy.sha256()).isEqualTo(BuiltInModel.E5_SMALL_V2.stamp());
    copy.close();
    assertThat(copy.graph()).exists();
  }

  @Test
  void builtInGraphIsForThisProcessWhereOthersMayWriteToTheCache() throws IOException {
    Path cache = Files.createDirectory(directory.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    VerifiedCopy copy = builtIn(cache);
    assertThat(copy.sha256()).isEqualTo(BuiltInModel.E5_SMALL_V2.stamp());
    assertThat(copy.graph()).isRegularFile();
    assertThat(cache).isEmptyDirectory();
    copy.close();
    assertThat(copy.graph()).doesNotExist();
  }

  private static VerifiedCopy builtIn(Path cache) {
    HostCopies shared = HostCopies.ofModels(cache.toString());
    return VerifiedCopy.of(BuiltInModel.E5_SMALL_V2, new byte[0], shared);
  }

  @Test
  void failureToReadNamesTheModel() throws IOException {
    write("model.onnx", "graph");
    ModelFiles unreadable =
        new ModelFiles() {
          @Override
          public String location() {
            return "hdfs:///models/e5";
          }

          @Override
          public String stamp() {
            return location();
          }

          @Override
          public boolean has(String file) {
            return file.equals("model.onnx");
          }

          @Override
          public java.io.InputStream open(String file) throws IOException {
            throw new IOException("the block is missing");
          }
        };
    assertThatThrownBy(() -> VerifiedCopy.of(unreadable, new byte[0]))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot read model hdfs:///models/e5: the block is missing");
  }
}
