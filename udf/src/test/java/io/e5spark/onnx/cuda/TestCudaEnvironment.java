package io.e5spark.onnx.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestCudaEnvironment {
  private static final Gpu H100 = new Gpu(0, "NVIDIA H100", 80L << 30, 90);
  private static final Gpu V100 = new Gpu(0, "Tesla V100", 16L << 30, 70);

  private static CudaEnvironment of(
      boolean offers, int cuda, List<FoundLibrary> libraries, int version, List<Gpu> gpus) {
    return new CudaEnvironment("1.29.0", "[CPU]", offers, cuda, libraries, version, gpus, null);
  }

  @Test
  void firstThingInTheWayIsNamed() {
    CudaLibrary blas = new CudaLibrary("libcublas.so.13", "libcublas-13-0", true);
    CudaLibrary random = new CudaLibrary("libcurand.so.10", "libcurand-13-0", true);
    List<FoundLibrary> missing =
        List.of(new FoundLibrary(blas, false, "/opt/lib"), new FoundLibrary(random, false, null));
    assertThat(of(false, 13, missing, 0, List.of()).problem(0).orElseThrow())
        .startsWith("ONNX Runtime 1.29.0 offers only [CPU]");
    assertThat(of(true, 13, missing, 0, List.of()).problem(0))
        .contains(
            "cannot load libcublas.so.13 (add /opt/lib to LD_LIBRARY_PATH), libcurand.so.10"
                + " (install libcurand-13-0, or add its directory to LD_LIBRARY_PATH)");
    assertThat(of(true, 12, List.of(), 12_080, List.of()).problem(0))
        .contains("the NVIDIA driver sees no GPU");
  }

  @Test
  void driverMustServeTheCudaThatTheProviderIsBuiltFor() {
    assertThat(of(true, 12, List.of(), 11_080, List.of(H100)).problem(0).orElseThrow())
        .contains("serves CUDA up to 11.8 (must be 12.0 or newer)");
    assertThat(of(true, 13, List.of(), 12_080, List.of(H100)).problem(0).orElseThrow())
        .contains("serves CUDA up to 12.8 (must be 13.0 or newer)");
    assertThat(of(true, 12, List.of(), 12_000, List.of(H100)).problem(0)).isEmpty();
    assertThat(of(true, 13, List.of(), 13_000, List.of(H100)).problem(0)).isEmpty();
  }

  @Test
  void gpuThatCudaNoLongerCompilesForIsRefused() {
    assertThat(of(true, 12, List.of(), 13_000, List.of(V100)).problem(0)).isEmpty();
    assertThat(of(true, 13, List.of(), 13_000, List.of(V100)).problem(0).orElseThrow())
        .startsWith("ONNX Runtime 1.29.0 has no code for GPU 0: Tesla V100");
  }

  @Test
  void unusableGpuIsRefused() {
    CudaEnvironment environment = of(true, 12, List.of(), 12_080, List.of(H100));
    environment.require(0);
    assertThatThrownBy(() -> environment.require(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use device cuda: there is no GPU 1 (this process sees [0])");
  }

  @Test
  void silentDriverSaysWhy() {
    CudaEnvironment environment =
        new CudaEnvironment(
            "1.29.0", "[CUDA]", true, 12, List.of(), 0, List.of(), "it does not start");
    assertThat(environment.problem(0)).contains("it does not start");
    assertThat(environment.hasDriver()).isTrue();
  }
}
