package io.e5spark.onnx.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TestCudaNeeds {
  @TempDir Path directory;

  @Test
  void providerSaysWhichCudaItIsBuiltFor() {
    CudaNeeds needs =
        CudaNeeds.of(
            List.of(
                "libcublasLt.so.13",
                "libcublas.so.13",
                "libcurand.so.10",
                "libcudart.so.13",
                "libcuda.so.1",
                "libc.so.6"));
    assertThat(needs.cuda()).isEqualTo(13);
    assertThat(needs.libraries())
        .containsExactly(
            new CudaLibrary("libcublasLt.so.13", "libcublas-13-0 or PyPI's nvidia-cublas", true),
            new CudaLibrary("libcublas.so.13", "libcublas-13-0 or PyPI's nvidia-cublas", true),
            new CudaLibrary("libcurand.so.10", "libcurand-13-0 or PyPI's nvidia-curand", true),
            new CudaLibrary(
                "libcudart.so.13", "cuda-cudart-13-0 or PyPI's nvidia-cuda-runtime", true),
            new CudaLibrary("libcuda.so.1", "the NVIDIA driver", true),
            new CudaLibrary(
                "libcudnn.so.9", "libcudnn9-cuda-13 or PyPI's nvidia-cudnn-cu13", false));
  }

  @Test
  void directoryWithoutAProviderStandsForMavens() {
    CudaNeeds needs = CudaNeeds.in(directory);
    assertThat(needs).isEqualTo(CudaNeeds.in(null));
    assertThat(needs.cuda()).isEqualTo(12);
    assertThat(needs.libraries())
        .contains(
            new CudaLibrary(
                "libcublas.so.12", "libcublas-12-8 or PyPI's nvidia-cublas-cu12", true));
  }

  @Test
  void fusedAttentionIsRequiredWhereTheProviderIsLinkedToIt() {
    CudaNeeds linked = CudaNeeds.of(List.of("libcudart.so.12", "libcudnn.so.9"));
    assertThat(linked.libraries()).hasSize(2).allMatch(CudaLibrary::required);
    assertThat(CudaNeeds.in(null).libraries())
        .allMatch(library -> library.required() != library.file().equals("libcudnn.so.9"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void providerOfADirectoryIsRead() throws Exception {
    Path library = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
    Files.copy(library, directory.resolve(CudaNeeds.PROVIDER));
    assertThat(CudaNeeds.in(directory).libraries())
        .extracting(CudaLibrary::file)
        .containsExactly("libcudnn.so.9");
  }
}
