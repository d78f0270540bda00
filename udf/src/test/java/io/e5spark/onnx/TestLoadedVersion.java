package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TestLoadedVersion {
  @Test
  @EnabledOnOs(OS.LINUX)
  void libraryItselfIsAsked() {
    OnnxRuntime.environment();
    Path directory = NativeLibraries.installed().orElseThrow();
    assertThat(LoadedVersion.in(directory)).get().asString().matches("1\\.\\d+\\.\\d+");
    assertThat(OnnxRuntime.version()).isEqualTo(LoadedVersion.in(directory).orElseThrow());
  }

  @Test
  void directoryWithoutTheLibraryHasNone(@TempDir Path directory) {
    assertThat(LoadedVersion.in(directory)).isEmpty();
  }
}
