package io.e5spark.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.e5spark.config.Device;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.GraphSignature;
import io.e5spark.onnx.cuda.CudaEnvironment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One ONNX Runtime session. On the CPU every caller may run the model on its own thread; on a GPU
 * calls take turns, since concurrent runs of one CUDA session are unsafe.
 */
public final class OnnxSession implements AutoCloseable {
  static {
    Telemetry.disable();
    NativeLibraries.install();
  }

  private final OrtSession session;
  private final Placement placement;
  // Runs share the read lock on a CPU. Closing takes the write lock: a session that is closed while
  // it runs takes the process down.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private OnnxSession(OrtSession session, Placement placement) {
    this.session = session;
    this.placement = placement;
  }

  /**
   * Opens a graph to run it.
   *
   * @throws EmbeddingException if ONNX Runtime cannot open it
   * @throws IllegalArgumentException if there is no such device
   */
  public static OnnxSession open(Path graph, Placement placement) {
    return create(graph, placement, OptLevel.ALL_OPT);
  }

  /** Opens a graph to look at it, without the cost of optimising it. */
  static OnnxSession inspect(Path graph) {
    return create(graph, Placement.CPU, OptLevel.NO_OPT);
  }

  /** A session of another graph of ours, on the CPU. */
  public static OrtSession open(byte[] graph) throws OrtException {
    try (SessionOptions options = options(OptLevel.ALL_OPT)) {
      return environment().createSession(graph, options);
    }
  }

  /** A session of a graph of ours, on the CPU. */
  public static OrtSession plain(Path graph) throws OrtException {
    try (SessionOptions options = options(OptLevel.ALL_OPT)) {
      return environment().createSession(graph.toString(), options);
    }
  }

  private static OnnxSession create(Path graph, Placement placement, OptLevel level) {
    try (SessionOptions options = options(level)) {
      if (placement.device() == Device.CUDA) {
        cudaEnvironment().require(placement.gpu());
        return createOnGpu(graph, placement, options);
      }
      return new OnnxSession(environment().createSession(graph.toString(), options), placement);
    } catch (OrtException e) {
      throw new EmbeddingException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Memory is asked for as it is needed, and no pattern of it is kept for each shape: both would
   * grow with the shapes of batches.
   */
  private static OnnxSession createOnGpu(Path graph, Placement placement, SessionOptions options)
      throws OrtException {
    options.setMemoryPatternOptimization(false);
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(placement.gpu())) {
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      options.addCUDA(cuda);
      return new OnnxSession(environment().createSession(graph.toString(), options), placement);
    }
  }

  /** One thread, the caller's, which does not spin. */
  private static SessionOptions options(OptLevel level) throws OrtException {
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
      // Unsigned bytes by unsigned ones in place of signed ones: slower, and exact everywhere.
      options.addConfigEntry("session.x64quantprecision", "1");
    }
    // Errors come back as exceptions; the native log would only repeat them.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
  }

  /** Whether the ONNX Runtime on the class path was built for NVIDIA GPUs. */
  static boolean offersCuda() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  /** What the ONNX Runtime on the class path was built for. */
  static String offered() {
    return OrtEnvironment.getAvailableProviders().toString();
  }

  /** The version of the ONNX Runtime on the class path. */
  static String version() {
    return environment().getVersion();
  }

  /** What this process has for running models on GPUs. */
  public static CudaEnvironment cudaEnvironment() {
    return CudaEnvironment.look(version(), offered(), offersCuda());
  }

  public static OrtEnvironment environment() {
    return Held.ENVIRONMENT;
  }

  /** ONNX Runtime's environment, made when it is first asked for. */
  private static final class Held {
    static final OrtEnvironment ENVIRONMENT =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "e5-spark");

    static {
      PinnedEnvironment.take(ENVIRONMENT);
    }
  }

  Placement placement() {
    return placement;
  }

  /** This session as one of a graph with this signature. */
  public ModelSession running(GraphSignature signature) {
    return new Running(this, signature);
  }

  private record Running(OnnxSession session, GraphSignature signature) implements ModelSession {
    @Override
    public void run(TokenBatch batch) {
      session.run(batch, signature, false);
    }

    @Override
    public void runAndShrink(TokenBatch batch) {
      session.run(batch, signature, true);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /**
   * What the graph takes and gives.
   *
   * @throws IllegalArgumentException if that is not an encoder's
   */
  public GraphSignature signature() {
    try {
      List<String> inputs = List.copyOf(session.getInputNames());
      Map<String, NodeInfo> outputs = session.getOutputInfo();
      for (String name : List.of(GraphSignature.POOLED_OUTPUT, GraphSignature.TOKEN_OUTPUT)) {
        if (outputs.containsKey(name)) {
          return signature(inputs, outputs.get(name));
        }
      }
      return signature(inputs, outputs.values().iterator().next());
    } catch (OrtException e) {
      throw new EmbeddingException(String.valueOf(e.getMessage()), e);
    }
  }

  private static GraphSignature signature(List<String> inputs, NodeInfo output) {
    if (!(output.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new IllegalArgumentException(
          "its output '%s' is no tensor of floats".formatted(output.getName()));
    }
    long[] shape = tensor.getShape();
    if (shape.length != 2 && shape.length != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "its output '%s' has rank %d (must be 3: [texts, tokens, dimension], or 2: [texts, dimension])",
              output.getName(),
              shape.length));
    }
    int dimension = Math.toIntExact(shape[shape.length - 1]);
    if (dimension < 1) {
      throw new IllegalArgumentException(
          "its output '%s' does not say the dimension".formatted(output.getName()));
    }
    return new GraphSignature(inputs, output.getName(), shape.length == 2, dimension);
  }

  /** Runs the batch; the output lands in the batch's own memory. */
  private void run(TokenBatch batch, GraphSignature signature, boolean shrink) {
    Lock turn = placement.device() == Device.CUDA ? lock.writeLock() : lock.readLock();
    turn.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The model is closed");
      }
      runOpen(batch, signature, shrink);
    } catch (OrtException e) {
      throw new EmbeddingException(
          String.format(
              Locale.ROOT,
              "Cannot embed batch of %d texts, %d tokens: %s",
              batch.texts(),
              batch.tokens(),
              e.getMessage()),
          e);
    } finally {
      turn.unlock();
    }
  }

  private void runOpen(TokenBatch batch, GraphSignature signature, boolean shrink)
      throws OrtException {
    long[] shape = {batch.texts(), signature.dimension()};
    try (RunOptions options = new RunOptions();
        Inputs inputs = new Inputs(batch, signature);
        OnnxTensor output = OnnxTensor.createTensor(environment(), batch.output(), shape)) {
      if (shrink) {
        options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", placement.arena());
      }
      Map<String, OnnxTensor> outputs = Map.of(signature.pooledOutput(), output);
      session.run(inputs.tensors, Set.of(), outputs, options).close();
    }
  }

  /**
   * Whether the graph has an embedding for this token id.
   *
   * @throws EmbeddingException if the graph fails for another reason
   */
  boolean knows(int tokenId, GraphSignature signature) {
    TokenBatch batch = new TokenBatch(signature.dimension());
    batch.start(1, 1);
    batch.put(0, new int[] {tokenId});
    try (Inputs inputs = new Inputs(batch, signature)) {
      session.run(inputs.tensors, Set.of(signature.output())).close();
      return true;
    } catch (OrtException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("out of data bounds") || message.contains("index out of range")) {
        return false;
      }
      throw new EmbeddingException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A batch's input tensors; they use its memory in place. */
  private static final class Inputs implements AutoCloseable {
    final Map<String, OnnxTensor> tensors = new HashMap<>();

    Inputs(TokenBatch batch, GraphSignature signature) throws OrtException {
      long[] shape = {batch.texts(), batch.tokens()};
      try {
        for (String name : signature.inputs()) {
          tensors.put(name, OnnxTensor.createTensor(environment(), batch.input(name), shape));
        }
      } catch (OrtException | RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    @Override
    public void close() {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new EmbeddingException("Cannot close the model: " + e.getMessage(), e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
