package io.e5spark.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.Settings;
import io.e5spark.onnx.cuda.CudaEnvironment;
import io.e5spark.onnx.cuda.CudaLibrary;
import io.e5spark.onnx.cuda.Gpu;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestDeviceExamination {
  private static final Gpu H100 = new Gpu(0, "NVIDIA H100", 80L << 30, 90);

  private static List<String> found(String device, CudaEnvironment environment) {
    Findings findings = new Findings("driver");
    new DeviceExamination(Settings.read(Map.of("device", device)), findings).look(environment);
    return findings.all().stream().map(Finding::line).toList();
  }

  private static CudaEnvironment withGpu(Gpu gpu, boolean cudnn) {
    return new CudaEnvironment(
        "1.29.0", "[CPU, CUDA]", true, List.of(), cudnn, 12_080, List.of(gpu), null);
  }

  @Test
  void gpuIsNamed() {
    assertThat(found("cuda", withGpu(H100, true)))
        .contains(
            "ok       device    NVIDIA's driver serves CUDA up to 12.8",
            "ok       device    GPU 0: NVIDIA H100, 80 GiB, compute capability 9.0");
  }

  @Test
  void gpuWithoutCudnnIsSlow() {
    assertThat(found("cuda", withGpu(H100, false)))
        .contains(
            "WARNING  device    GPU 0: NVIDIA H100, 80 GiB, compute capability 9.0, without cuDNN: install libcudnn9-cuda-12: padded models need it to be fast");
  }

  @Test
  void gpuWithoutCodeIsAProblemIfItIsAskedFor() {
    Gpu tooNew = new Gpu(0, "NVIDIA B200", 180L << 30, 100);
    String line =
        "GPU 0: NVIDIA B200, 180 GiB, compute capability 10.0: ONNX Runtime 1.29.0 has no code for it";
    assertThat(found("cuda", withGpu(tooNew, true))).contains("PROBLEM  device    " + line);
    assertThat(found("auto", withGpu(tooNew, true))).contains("WARNING  device    " + line);
    assertThat(withGpu(tooNew, true).problem(0)).isPresent();
    assertThat(withGpu(H100, true).problem(0)).isEmpty();
    assertThat(withGpu(H100, true).problem(1))
        .contains("there is no GPU 1 (this process sees [0])");
  }

  @Test
  void missingLibraryIsNamedWithItsPackage() {
    CudaEnvironment environment =
        new CudaEnvironment(
            "1.29.0",
            "[CPU, CUDA]",
            true,
            List.of(CudaLibrary.BLAS_LT),
            false,
            12_080,
            List.of(H100),
            null);
    assertThat(found("cuda", environment))
        .contains(
            "PROBLEM  device    cannot load libcublasLt.so.12: install libcublas-12-8, or add its directory to LD_LIBRARY_PATH");
    assertThat(environment.problem(0))
        .contains("cannot load libcublasLt.so.12 (of libcublas-12-8)");
  }

  @Test
  void oldDriverIsNamed() {
    CudaEnvironment environment =
        new CudaEnvironment(
            "1.29.0", "[CPU, CUDA]", true, List.of(), false, 11_040, List.of(H100), null);
    assertThat(environment.problem(0))
        .contains(
            "the NVIDIA driver is too old: it serves CUDA up to 11.4 (must be 12.0 or newer)");
  }
}
