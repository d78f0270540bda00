package io.e5spark.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import io.e5spark.onnx.cuda.CudaEnvironment;

/** ONNX Runtime, whose native library is loaded once per process. */
public final class OnnxRuntime {
  static {
    NativeLibraries.install();
    Telemetry.disable();
  }

  private OnnxRuntime() {}

  /** The environment of sessions and tensors. */
  public static OrtEnvironment environment() {
    return Held.ENVIRONMENT;
  }

  /** ONNX Runtime's environment, which is made on its first use. */
  private static final class Held {
    static final OrtEnvironment ENVIRONMENT =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "e5-spark");

    static {
      PinnedEnvironment.take(ENVIRONMENT);
    }
  }

  /** The version of its native library. */
  static String version() {
    OrtEnvironment environment = environment();
    return NativeLibraries.installed()
        .flatMap(LoadedVersion::in)
        .orElseGet(environment::getVersion);
  }

  /** Whether it was built for NVIDIA GPUs. */
  static boolean offersCuda() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  /** What this process has for running models on GPUs. */
  public static CudaEnvironment cudaEnvironment() {
    String offered = OrtEnvironment.getAvailableProviders().toString();
    return CudaEnvironment.look(
        version(), offered, offersCuda(), NativeLibraries.installed().orElse(null));
  }
}
