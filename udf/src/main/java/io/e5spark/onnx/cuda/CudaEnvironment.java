package io.e5spark.onnx.cuda;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this process has for running models on GPUs. It looks for itself, because ONNX Runtime says
 * only on the standard error stream which library is missing.
 *
 * @param onnxRuntime the version of ONNX Runtime's native library
 * @param providers what it was built for
 * @param offersCuda whether NVIDIA GPUs are among these
 * @param cuda the major version of CUDA that its provider for GPUs is built for
 * @param libraries what that provider loads
 * @param cudaVersion the newest CUDA that the driver supports, times a thousand; 0 without a driver
 * @param gpus the GPUs that the process sees
 * @param driverProblem why the driver does not answer; null if it does
 */
public record CudaEnvironment(
    String onnxRuntime,
    String providers,
    boolean offersCuda,
    int cuda,
    List<FoundLibrary> libraries,
    int cudaVersion,
    List<Gpu> gpus,
    @Nullable String driverProblem)
    implements Serializable {
  private static final String DRIVER = "libcuda.so.1";

  /**
   * Examines this process.
   *
   * @param version the version of ONNX Runtime's native library
   * @param providers what it was built for
   * @param offers whether NVIDIA GPUs are among these
   * @param directory the directory with its libraries; null if it is unknown
   */
  public static CudaEnvironment look(
      String version, String providers, boolean offers, @Nullable Path directory) {
    CudaNeeds needs = CudaNeeds.in(directory);
    List<FoundLibrary> libraries = needs.libraries().stream().map(FoundLibrary::of).toList();
    int cudaVersion = 0;
    List<Gpu> gpus = List.of();
    String problem = null;
    try {
      CudaDriver driver = CudaDriver.load(DRIVER);
      cudaVersion = driver.cudaVersion();
      gpus = driver.gpus();
    } catch (IllegalArgumentException e) {
      problem = e.getMessage();
    }
    return new CudaEnvironment(
        version, providers, offers, needs.cuda(), libraries, cudaVersion, gpus, problem);
  }

  /** The libraries that a session on a GPU requires and that cannot be loaded. */
  public List<FoundLibrary> missing() {
    return FoundLibrary.missing(libraries);
  }

  /** Whether NVIDIA's driver can be loaded. */
  public boolean hasDriver() {
    return missing().stream().noneMatch(found -> found.library().file().equals(DRIVER));
  }

  /** Whether the provider has code for a GPU. */
  public boolean supports(Gpu gpu) {
    return gpu.supportedByCuda(cuda);
  }

  /**
   * Checks that a GPU can be used.
   *
   * @throws IllegalArgumentException that says what prevents it
   */
  public void require(int gpu) {
    problem(gpu)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("Cannot use device cuda: " + problem);
            });
  }

  /**
   * What prevents this process from using a GPU, and what to do about it; empty if nothing does.
   */
  public Optional<String> problem(int gpu) {
    if (!offersCuda) {
      return Optional.of(
          "ONNX Runtime %s offers only %s; put onnxruntime_gpu on the class path instead of onnxruntime, which comes first"
              .formatted(onnxRuntime, providers));
    }
    if (!missing().isEmpty()) {
      return Optional.of(
          missing().stream()
              .map(found -> "%s (%s)".formatted(found.library().file(), found.remedy()))
              .collect(Collectors.joining(", ", "cannot load ", "")));
    }
    if (driverProblem != null) {
      return Optional.of(driverProblem);
    }
    return gpus.isEmpty() || cudaVersion < 1_000 * cuda ? Optional.of(ofDriver()) : ofGpu(gpu);
  }

  private String ofDriver() {
    return gpus.isEmpty()
        ? "the NVIDIA driver sees no GPU"
        : String.format(
            Locale.ROOT,
            "the NVIDIA driver is too old: it serves CUDA up to %d.%d (must be %d.0 or newer)",
            cudaVersion / 1_000,
            cudaVersion % 1_000 / 10,
            cuda);
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
    return supports(gpu)
        ? Optional.empty()
        : Optional.of("ONNX Runtime %s has no code for %s".formatted(onnxRuntime, gpu));
  }
}
