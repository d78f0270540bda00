package io.e5spark.onnx.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the calls of the CUDA driver's functions, with a C library that the test compiles. */
class TestCudaDriver {
  private static final String DRIVER =
      """
      #include <string.h>
      int cuInit(unsigned flags) { return INIT; }
      int cuDriverGetVersion(int *version) { *version = 12080; return 0; }
      int cuDeviceGetCount(int *count) { *count = COUNT; return INIT; }
      int cuDeviceGet(int *device, int number) { *device = number; return 0; }
      int cuDeviceGetName(char *name, int length, int device) {
        strncpy(name, device == 0 ? "NVIDIA H100 80GB HBM3" : "Tesla T4", length);
        return 0;
      }
      int cuDeviceTotalMem_v2(size_t *bytes, int device) {
        *bytes = device == 0 ? 85520809984ul : 15828320256ul;
        return 0;
      }
      int cuDeviceGetAttribute(int *value, int attribute, int device) {
        if (attribute != 75 && attribute != 76) return 1;
        *value = attribute == 75 ? (device == 0 ? 9 : 7) : (device == 0 ? 0 : 5);
        return 0;
      }
      """;

  @TempDir Path directory;

  private CudaDriver driver(int initResult, int count) throws IOException, InterruptedException {
    Path source = Files.writeString(directory.resolve("driver.c"), DRIVER);
    Path library = directory.resolve("libcuda-" + initResult + ".so");
    try {
      Process compiler =
          new ProcessBuilder(
                  "cc",
                  "-shared",
                  "-fPIC",
                  "-DINIT=" + initResult,
                  "-DCOUNT=" + count,
                  "-o",
                  library.toString(),
                  source.toString())
              .inheritIO()
              .start();
      assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(compiler.exitValue()).isZero();
    } catch (IOException e) {
      assumeTrue(false, "There is no C compiler here");
    }
    return CudaDriver.load(library.toString());
  }

  @Test
  void gpusAreRead() throws Exception {
    CudaDriver driver = driver(0, 2);
    assertThat(driver.cudaVersion()).isEqualTo(12_080);
    assertThat(driver.gpus())
        .containsExactly(
            new Gpu(0, "NVIDIA H100 80GB HBM3", 85_520_809_984L, 90),
            new Gpu(1, "Tesla T4", 15_828_320_256L, 75));
  }

  @Test
  void driverWithoutGpusHasNone() throws Exception {
    assertThat(driver(100, 0).gpus()).isEmpty();
  }

  @Test
  void driverThatDoesNotStartIsNamed() {
    assertThatThrownBy(() -> driver(803, 0))
        .hasMessage("the NVIDIA driver does not start (error 803 of cuInit)");
  }

  @Test
  void missingDriverIsNamed() {
    assertThatThrownBy(() -> CudaDriver.load("libnone.so.1"))
        .hasMessage("libnone.so.1 cannot be loaded");
  }
}
