package io.e5spark.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import io.e5spark.config.Device;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One ONNX Runtime session. On the CPU every caller runs the model on its own thread; on a GPU
 * calls take turns, since concurrent runs of one CUDA session are unsafe.
 */
final class OnnxSession implements AutoCloseable {
  static {
    Telemetry.disable();
  }

  private final OrtSession session;
  private final Device device;
  // Runs share the read lock on a CPU. Closing takes the write lock: a session that is closed while
  // it runs takes the process down.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private OnnxSession(OrtSession session, Device device) {
    this.session = session;
    this.device = device;
  }

  /**
   * Opens a graph to run it.
   *
   * @param device not {@link Device#AUTO}
   * @throws EmbeddingException if ONNX Runtime cannot open it
   */
  static OnnxSession open(Path graph, Device device) {
    return create(graph, device, OptLevel.ALL_OPT);
  }

  /** Opens a graph to look at it, without the cost of optimising it. */
  static OnnxSession inspect(Path graph) {
    return create(graph, Device.CPU, OptLevel.NO_OPT);
  }

  /** A session of another graph of ours, on the CPU. */
  static OrtSession open(byte[] graph) throws OrtException {
    try (SessionOptions options = options(OptLevel.ALL_OPT)) {
      return environment().createSession(graph, options);
    }
  }

  /** A session of a graph of ours, on the CPU. */
  static OrtSession plain(Path graph) throws OrtException {
    try (SessionOptions options = options(OptLevel.ALL_OPT)) {
      return environment().createSession(graph.toString(), options);
    }
  }

  private static OnnxSession create(Path graph, Device device, OptLevel level) {
    try (SessionOptions options = options(level)) {
      if (device == Device.CUDA) {
        requireCuda();
        options.setMemoryPatternOptimization(false);
        options.addCUDA();
      }
      return new OnnxSession(environment().createSession(graph.toString(), options), device);
    } catch (OrtException e) {
      throw new EmbeddingException(String.valueOf(e.getMessage()), e);
    }
  }

  /** One thread, the caller's, which does not spin. */
  private static SessionOptions options(OptLevel level) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(level);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    if (!IntegerProducts.exact()) {
      // Unsigned bytes by unsigned ones in place of signed ones: slower, and exact everywhere.
      options.addConfigEntry("session.x64quantprecision", "1");
    }
    // Errors come back as exceptions; the native log would only repeat them.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    return options;
  }

  /** Whether the ONNX Runtime on the class path was built for NVIDIA GPUs. */
  static boolean offersCuda() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  private static void requireCuda() {
    if (!offersCuda()) {
      EnumSet<OrtProvider> offered = OrtEnvironment.getAvailableProviders();
      throw new IllegalArgumentException(
          "Cannot use device cuda: ONNX Runtime offers only %s; put onnxruntime_gpu on the class path in place of onnxruntime"
              .formatted(offered));
    }
  }

  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "e5-spark");
  }

  Device device() {
    return device;
  }

  /**
   * What the graph takes and gives.
   *
   * @throws IllegalArgumentException if that is not an encoder's
   */
  GraphSignature signature() {
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
          "its output '%s' has rank %d (must be 3: [texts, tokens, dimension], or 2: [texts, dimension])"
              .formatted(output.getName(), shape.length));
    }
    int dimension = Math.toIntExact(shape[shape.length - 1]);
    if (dimension < 1) {
      throw new IllegalArgumentException(
          "its output '%s' does not say the dimension".formatted(output.getName()));
    }
    return new GraphSignature(inputs, output.getName(), shape.length == 2, dimension);
  }

  /**
   * Runs the batch; the output lands in the batch's own memory.
   *
   * @throws EmbeddingException if the call fails
   */
  void run(TokenBatch batch, GraphSignature signature) {
    Lock turn = device == Device.CUDA ? lock.writeLock() : lock.readLock();
    turn.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The model is closed");
      }
      runOpen(batch, signature);
    } catch (OrtException e) {
      throw new EmbeddingException(
          "Cannot embed batch of %d texts, %d tokens: %s"
              .formatted(batch.texts(), batch.tokens(), e.getMessage()),
          e);
    } finally {
      turn.unlock();
    }
  }

  private void runOpen(TokenBatch batch, GraphSignature signature) throws OrtException {
    long[] shape = {batch.texts(), signature.dimension()};
    try (Inputs inputs = new Inputs(batch, signature);
        OnnxTensor output = OnnxTensor.createTensor(environment(), batch.output(), shape)) {
      session.run(inputs.tensors, Map.of(signature.pooledOutput(), output)).close();
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
      for (String name : signature.inputs()) {
        tensors.put(name, OnnxTensor.createTensor(environment(), batch.input(name), shape));
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
