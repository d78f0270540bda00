package io.e5spark.onnx.cuda;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this process has for running models on GPUs. It looks for itself, since ONNX Runtime's own
 * messages say which library is missing on the standard error stream only.
 *
 * @param onnxRuntime version of the ONNX Runtime on the class path
 * @param providers what it was built for
 * @param offersCuda whether NVIDIA GPUs are among that
 * @param missing required libraries that cannot be loaded
 * @param cudnn whether cuDNN can be loaded
 * @param cudaVersion the newest CUDA that the driver serves, times a thousand; 0 without a driver
 * @param gpus those that the process sees
 * @param driverProblem why the driver says nothing; null if it does
 */
public record CudaEnvironment(
    String onnxRuntime,
    String providers,
    boolean offersCuda,
    List<CudaLibrary> missing,
    boolean cudnn,
    int cudaVersion,
    List<Gpu> gpus,
    @Nullable String driverProblem)
    implements Serializable {
  /** The CUDA that ONNX Runtime 1.29 from Maven is built for. */
  private static final int CUDA = 12_000;

  /**
   * Looks at this process.
   *
   * @param version of the ONNX Runtime on the class path
   * @param providers what it was built for
   * @param offers whether NVIDIA GPUs are among that
   */
  public static CudaEnvironment look(String version, String providers, boolean offers) {
    List<CudaLibrary> missing = CudaLibrary.missing();
    boolean cudnn = CudaLibrary.CUDNN.loads();
    try {
      CudaDriver driver = CudaDriver.load(CudaLibrary.DRIVER.file());
      return new CudaEnvironment(
          version, providers, offers, missing, cudnn, driver.cudaVersion(), driver.gpus(), null);
    } catch (IllegalArgumentException e) {
      return new CudaEnvironment(
          version, providers, offers, missing, cudnn, 0, List.of(), e.getMessage());
    }
  }

  /**
   * Checks that a GPU can be used.
   *
   * @throws IllegalArgumentException that names what is in the way
   */
  public void require(int gpu) {
    problem(gpu)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("Cannot use device cuda: " + problem);
            });
  }

  /** What stands between this process and a GPU, with what to do about it; empty if nothing. */
  public Optional<String> problem(int gpu) {
    if (!offersCuda) {
      return Optional.of(
          "ONNX Runtime %s offers only %s; put onnxruntime_gpu on the class path in place of onnxruntime, which comes first"
              .formatted(onnxRuntime, providers));
    }
    if (!missing.isEmpty()) {
      return Optional.of(
          missing.stream()
              .map(library -> "%s (of %s)".formatted(library.file(), library.source()))
              .collect(Collectors.joining(", ", "cannot load ", "")));
    }
    if (driverProblem != null) {
      return Optional.of(driverProblem);
    }
    return gpus.isEmpty() || cudaVersion < CUDA ? Optional.of(ofDriver()) : ofGpu(gpu);
  }

  private String ofDriver() {
    return gpus.isEmpty()
        ? "the NVIDIA driver sees no GPU"
        : String.format(
            Locale.ROOT,
            "the NVIDIA driver is too old: it serves CUDA up to %d.%d (must be 12.0 or newer)",
            cudaVersion / 1_000,
            cudaVersion % 1_000 / 10);
  }

  private Optional<String> ofGpu(int number) {
    if (number >= gpus.size()) {
      int[] numbers = gpus.stream().mapToInt(Gpu::number).toArray();
      return Optional.of(
          String.format(
              Locale.ROOT,
              "there is no GPU %d (this process sees %s)",
              number,
              Arrays.toString(numbers)));
    }
    Gpu gpu = gpus.get(number);
    return gpu.supported()
        ? Optional.empty()
        : Optional.of("ONNX Runtime %s has no code for %s".formatted(onnxRuntime, gpu));
  }
}
