package io.e5spark.onnx.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestCudaEnvironment {
  private static final Gpu H100 = new Gpu(0, "NVIDIA H100", 80L << 30, 90);

  private static CudaEnvironment of(
      boolean offers, List<CudaLibrary> missing, int version, List<Gpu> gpus) {
    return new CudaEnvironment("1.29.0", "[CPU]", offers, missing, true, version, gpus, null);
  }

  @Test
  void firstThingInTheWayIsNamed() {
    List<CudaLibrary> missing = List.of(CudaLibrary.BLAS, CudaLibrary.RANDOM);
    assertThat(of(false, missing, 0, List.of()).problem(0).orElseThrow())
        .startsWith("ONNX Runtime 1.29.0 offers only [CPU]");
    assertThat(of(true, missing, 0, List.of()).problem(0))
        .contains(
            "cannot load libcublas.so.12 (of libcublas-12-8), libcurand.so.10 (of libcurand-12-8)");
    assertThat(of(true, List.of(), 12_080, List.of()).problem(0))
        .contains("the NVIDIA driver sees no GPU");
    assertThat(of(true, List.of(), 11_080, List.of(H100)).problem(0).orElseThrow())
        .contains("serves CUDA up to 11.8");
    assertThat(of(true, List.of(), 12_000, List.of(H100)).problem(0)).isEmpty();
  }

  @Test
  void unusableGpuIsRefused() {
    CudaEnvironment environment = of(true, List.of(), 12_080, List.of(H100));
    environment.require(0);
    assertThatThrownBy(() -> environment.require(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use device cuda: there is no GPU 1 (this process sees [0])");
  }

  @Test
  void silentDriverSaysWhy() {
    CudaEnvironment environment =
        new CudaEnvironment(
            "1.29.0", "[CUDA]", true, List.of(), true, 0, List.of(), "it does not start");
    assertThat(environment.problem(0)).contains("it does not start");
  }
}
