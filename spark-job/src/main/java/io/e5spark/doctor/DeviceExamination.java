package io.e5spark.doctor;

import io.e5spark.config.Device;
import io.e5spark.config.Settings;
import io.e5spark.onnx.OnnxRuntime;
import io.e5spark.onnx.cuda.CudaEnvironment;
import io.e5spark.onnx.cuda.FoundLibrary;
import io.e5spark.onnx.cuda.Gpu;
import io.e5spark.platform.Count;
import java.util.Locale;

/** Examines ONNX Runtime and, if GPUs are wanted, what it needs for them. */
public final class DeviceExamination {
  private static final int HOPPER = 90;

  private final Settings settings;
  private final Findings findings;

  public DeviceExamination(Settings settings, Findings findings) {
    this.settings = settings;
    this.findings = findings;
  }

  public void look() {
    try {
      look(OnnxRuntime.cudaEnvironment());
    } catch (RuntimeException | LinkageError e) {
      findings.problem(
          "runtime",
          "ONNX Runtime's native library does not load (%s)".formatted(e),
          "look at the directory of temporary files, or name one that holds the libraries with -Donnxruntime.native.path");
    }
  }

  public void look(CudaEnvironment environment) {
    findings.ok(
        "runtime",
        "ONNX Runtime %s, built for %s, with its libraries in %s"
            .formatted(
                environment.onnxRuntime(),
                environment.providers(),
                System.getProperty("onnxruntime.native.path", "the directory of temporary files")));
    if (!environment.offersCuda()) {
      withoutCuda(environment);
      return;
    }
    findings.ok("device", "ONNX Runtime's code for GPUs needs CUDA " + environment.cuda());
    environment.libraries().forEach(this::library);
    if (environment.hasDriver()) {
      driver(environment);
    }
    environment.gpus().forEach(gpu -> gpu(gpu, environment));
  }

  private void withoutCuda(CudaEnvironment environment) {
    boolean wanted = settings.loading().device() == Device.CUDA;
    if (wanted || !environment.gpus().isEmpty()) {
      report(
          wanted,
          "this ONNX Runtime is built for CPUs only, and this host has %s"
              .formatted(Count.of(environment.gpus().size(), "GPU")),
          "put onnxruntime_gpu on the class path instead of onnxruntime");
    } else {
      findings.ok("device", "CPU; this process sees no GPU, and the settings ask for none");
    }
  }

  /** Reports a problem if the settings demand GPUs; with {@code auto}, the CPU is used instead. */
  private void report(boolean asProblem, String found, String remedy) {
    if (asProblem) {
      findings.problem("device", found, remedy);
    } else {
      findings.warning("device", found, remedy);
    }
  }

  /**
   * Reports a library that loads, or a required one that does not. A missing optional library is
   * reported with each GPU that is slower without it.
   */
  private void library(FoundLibrary found) {
    String file = found.library().file();
    if (found.loads()) {
      String directory = found.directory();
      findings.ok("device", directory == null ? file : "%s of %s".formatted(file, directory));
    } else if (found.library().required()) {
      report(settings.loading().device() == Device.CUDA, "cannot load " + file, found.remedy());
    }
  }

  private void driver(CudaEnvironment environment) {
    if (environment.driverProblem() != null) {
      report(
          settings.loading().device() == Device.CUDA,
          environment.driverProblem(),
          "install NVIDIA's driver; in a container, run it with NVIDIA's container toolkit");
    } else if (environment.gpus().isEmpty()) {
      report(
          settings.loading().device() == Device.CUDA,
          "NVIDIA's driver sees no GPU",
          "look at CUDA_VISIBLE_DEVICES and at the devices that the container was given");
    } else {
      findings.ok(
          "device",
          String.format(
              Locale.ROOT,
              "NVIDIA's driver serves CUDA up to %d.%d",
              environment.cudaVersion() / 1_000,
              environment.cudaVersion() % 1_000 / 10));
    }
  }

  private void gpu(Gpu gpu, CudaEnvironment environment) {
    if (!environment.supports(gpu)) {
      report(
          settings.loading().device() == Device.CUDA,
          gpu.toString(),
          "ONNX Runtime %s has no code for it".formatted(environment.onnxRuntime()));
      return;
    }
    findings.ok("device", gpu.toString());
    if (gpu.capability() >= HOPPER) {
      environment.libraries().stream()
          .filter(found -> !found.library().required() && !found.loads())
          .forEach(found -> slow(gpu, found));
    }
  }

  private void slow(Gpu gpu, FoundLibrary lacking) {
    findings.warning(
        "device",
        "GPU " + gpu.number() + " cannot load " + lacking.library().file(),
        lacking.remedy() + " (padded models are slow without it)");
  }
}
