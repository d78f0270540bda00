package io.e5spark.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.e5spark.config.Device;
import java.nio.file.Path;

/**
 * Opens sessions of ONNX Runtime. Each runs on one thread, that of its caller, which does not spin.
 * Errors only come back as exceptions.
 */
public final class GraphSessions {
  private GraphSessions() {}

  /** A session of this graph on the CPU. */
  static OrtSession open(byte[] graph) throws OrtException {
    try (SessionOptions options = options(OptLevel.ALL_OPT)) {
      return OnnxRuntime.environment().createSession(graph, options);
    }
  }

  /** A session of the graph in this file, on the CPU. */
  public static OrtSession open(Path graph) throws OrtException {
    return open(graph, Placement.CPU);
  }

  /**
   * A session of the graph in this file.
   *
   * @throws IllegalArgumentException if the device does not exist, or cannot compute like this
   */
  static OrtSession open(Path graph, Placement placement) throws OrtException {
    placement.requirePossible(System.getProperty("os.arch"));
    try (SessionOptions options = options(OptLevel.ALL_OPT)) {
      if (placement.arm64Bfloat16()) {
        options.addConfigEntry("mlas.enable_gemm_fastmath_arm64_bfloat16", "1");
      }
      return placement.device() == Device.CUDA
          ? openOnGpu(graph, placement.gpu(), options)
          : open(graph, options);
    }
  }

  /** A session to inspect a graph on the CPU, without the cost of optimizing it. */
  static OrtSession inspect(Path graph) throws OrtException {
    try (SessionOptions options = options(OptLevel.NO_OPT)) {
      return open(graph, options);
    }
  }

  /**
   * Memory is allocated as needed, and no pattern of it is kept for each shape: both would grow
   * with the number of shapes.
   */
  private static OrtSession openOnGpu(Path graph, int gpu, SessionOptions options)
      throws OrtException {
    OnnxRuntime.cudaEnvironment().require(gpu);
    options.setMemoryPatternOptimization(false);
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      options.addCUDA(cuda);
      return open(graph, options);
    }
  }

  private static OrtSession open(Path graph, SessionOptions options) throws OrtException {
    return OnnxRuntime.environment().createSession(graph.toString(), options);
  }

  private static SessionOptions options(OptLevel level) throws OrtException {
    // Options also load the native library, which must be unpacked first.
    OnnxRuntime.environment();
    SessionOptions options = new SessionOptions();
    try {
      configure(options, level);
      return options;
    } catch (OrtException | RuntimeException | Error e) {
      options.close();
      throw e;
    }
  }

  private static void configure(SessionOptions options, OptLevel level) throws OrtException {
    options.setOptimizationLevel(level);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    if (!Int8Exactness.exact()) {
      // Multiplies unsigned bytes by unsigned instead of signed ones, which is slower and exact
      // everywhere.
      options.addConfigEntry("session.x64quantprecision", "1");
    }
    // The native log would only repeat the exceptions.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
  }
}
