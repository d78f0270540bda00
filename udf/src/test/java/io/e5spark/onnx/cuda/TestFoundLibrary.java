package io.e5spark.onnx.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TestFoundLibrary {
  @Test
  @EnabledOnOs(OS.LINUX)
  void loadedLibraryIsNamedWithItsDirectory() {
    FoundLibrary found = FoundLibrary.of(new CudaLibrary("libm.so.6", "the C library", true));
    assertThat(found.loads()).isTrue();
    assertThat(found.missing()).isFalse();
    assertThat(Path.of(String.valueOf(found.directory())).resolve("libm.so.6"))
        .matches(Files::exists);
  }

  @Test
  void remedyIsThePackageOrTheDirectory() {
    CudaLibrary library = new CudaLibrary("libnone.so.1", "a package", true);
    FoundLibrary nowhere = FoundLibrary.of(library);
    assertThat(nowhere).isEqualTo(new FoundLibrary(library, false, null));
    assertThat(nowhere.remedy())
        .isEqualTo("install a package, or add its directory to LD_LIBRARY_PATH");
    assertThat(new FoundLibrary(library, false, "/opt/lib").remedy())
        .isEqualTo("add /opt/lib to LD_LIBRARY_PATH");
  }

  @Test
  void onlyARequiredLibraryIsMissing() {
    FoundLibrary required = new FoundLibrary(new CudaLibrary("a.so", "a", true), false, null);
    FoundLibrary optional = new FoundLibrary(new CudaLibrary("b.so", "b", false), false, null);
    assertThat(FoundLibrary.missing(List.of(required, optional))).containsExactly(required);
  }
}
