package io.e5spark.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.Settings;
import io.e5spark.onnx.cuda.CudaEnvironment;
import io.e5spark.onnx.cuda.CudaLibrary;
import io.e5spark.onnx.cuda.FoundLibrary;
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

  private static final CudaLibrary BLAS =
      new CudaLibrary("libcublas.so.13", "libcublas-13-0 or PyPI's nvidia-cublas", true);
  private static final CudaLibrary CUDNN =
      new CudaLibrary("libcudnn.so.9", "libcudnn9-cuda-13", false);

  private static CudaEnvironment of(List<Gpu> gpus, FoundLibrary... libraries) {
    return new CudaEnvironment(
        "1.31.1", "[CPU, CUDA]", true, 13, List.of(libraries), 13_000, gpus, null);
  }

  @Test
  void gpuIsNamedWithWhatItNeedsAndHas() {
    FoundLibrary blas = new FoundLibrary(BLAS, true, "/usr/local/cuda/lib64");
    FoundLibrary cudnn = new FoundLibrary(CUDNN, true, null);
    assertThat(found("cuda", of(List.of(H100), blas, cudnn)))
        .containsSubsequence(
            "ok       device    ONNX Runtime's code for GPUs needs CUDA 13",
            "ok       device    libcublas.so.13 of /usr/local/cuda/lib64",
            "ok       device    libcudnn.so.9",
            "ok       device    NVIDIA's driver serves CUDA up to 13.0",
            "ok       device    GPU 0: NVIDIA H100, 80 GiB, compute capability 9.0")
        .noneMatch(line -> line.startsWith("WARNING") || line.startsWith("PROBLEM"));
  }

  @Test
  void gpuWithoutCudnnIsSlowFromHopperOn() {
    FoundLibrary lacking = new FoundLibrary(CUDNN, false, null);
    String line =
        "WARNING  device    GPU 0 cannot load libcudnn.so.9: install libcudnn9-cuda-13, or add its"
            + " directory to LD_LIBRARY_PATH (padded models are slow without it)";
    assertThat(found("cuda", of(List.of(H100), lacking))).contains(line);
    Gpu older = new Gpu(0, "NVIDIA A100", 80L << 30, 80);
    assertThat(found("cuda", of(List.of(older), lacking)))
        .noneMatch(other -> other.startsWith("WARNING"));
  }

  @Test
  void gpuWithoutCodeIsAProblemIfItIsAskedFor() {
    Gpu tooNew = new Gpu(0, "NVIDIA B200", 180L << 30, 100);
    String line =
        "GPU 0: NVIDIA B200, 180 GiB, compute capability 10.0: ONNX Runtime 1.31.1 has no code for it";
    assertThat(found("cuda", of(List.of(tooNew)))).contains("PROBLEM  device    " + line);
    assertThat(found("auto", of(List.of(tooNew)))).contains("WARNING  device    " + line);
  }

  @Test
  void missingLibraryIsNamedWithWhatToDo() {
    assertThat(found("cuda", of(List.of(H100), new FoundLibrary(BLAS, false, null))))
        .contains(
            "PROBLEM  device    cannot load libcublas.so.13: install libcublas-13-0 or PyPI's"
                + " nvidia-cublas, or add its directory to LD_LIBRARY_PATH");
    assertThat(found("auto", of(List.of(H100), new FoundLibrary(BLAS, false, "/opt/nvidia/lib"))))
        .contains(
            "WARNING  device    cannot load libcublas.so.13: add /opt/nvidia/lib to LD_LIBRARY_PATH");
  }

  @Test
  void driverIsAskedWhereItLoads() {
    CudaLibrary driver = new CudaLibrary("libcuda.so.1", "the NVIDIA driver", true);
    assertThat(found("cuda", of(List.of(), new FoundLibrary(driver, false, null))))
        .noneMatch(line -> line.contains("NVIDIA's driver"));
    assertThat(found("cuda", of(List.of(), new FoundLibrary(driver, true, null))))
        .anyMatch(line -> line.contains("NVIDIA's driver sees no GPU"));
  }
}
