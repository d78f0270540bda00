package io.e5spark.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import io.e5spark.config.Device;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.GraphSignature;
import io.e5spark.onnx.cuda.CudaMessage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One session of ONNX Runtime. On the CPU, every caller may run the model on its own thread; on a
 * GPU, calls take turns, because concurrent runs of one CUDA session are unsafe.
 */
public final class OnnxSession implements AutoCloseable {
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
   * @throws IllegalArgumentException if the device does not exist
   */
  public static OnnxSession open(Path graph, Placement placement) {
    try {
      return new OnnxSession(GraphSessions.open(graph, placement), placement);
    } catch (OrtException e) {
      throw new EmbeddingException(CudaMessage.of(e.getMessage()), e);
    }
  }

  /** Opens a graph to inspect it, without the cost of optimizing it. */
  static OnnxSession inspect(Path graph) {
    try {
      return new OnnxSession(GraphSessions.inspect(graph), Placement.CPU);
    } catch (OrtException e) {
      throw new EmbeddingException(String.valueOf(e.getMessage()), e);
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
   * The inputs and outputs of the graph.
   *
   * @throws IllegalArgumentException if they are not those of an encoder
   */
  public GraphSignature signature() {
    try {
      return SignatureReader.read(session.getInputNames(), session.getOutputInfo());
    } catch (OrtException e) {
      throw new EmbeddingException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Runs the batch; the output goes directly into its memory. */
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
              "Cannot embed a batch of %d × %d tokens: %s",
              batch.texts(),
              batch.tokens(),
              CudaMessage.of(e.getMessage())),
          e);
    } finally {
      turn.unlock();
    }
  }

  private void runOpen(TokenBatch batch, GraphSignature signature, boolean shrink)
      throws OrtException {
    long[] shape = {batch.texts(), signature.dimension()};
    try (RunOptions options = new RunOptions();
        InputTensors inputs = new InputTensors(batch, signature);
        OnnxTensor output =
            OnnxTensor.createTensor(OnnxRuntime.environment(), batch.output(), shape)) {
      if (shrink) {
        options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", placement.arena());
      }
      Map<String, OnnxTensor> outputs = Map.of(signature.pooledOutput(), output);
      session.run(inputs.byName(), Set.of(), outputs, options).close();
    }
  }

  /**
   * Whether the graph has an embedding for this token id.
   *
   * @throws EmbeddingException if the graph fails for another reason
   */
  boolean knows(int tokenId, GraphSignature signature) {
    TokenBatch batch = new TokenBatch(signature.dimension(), 0);
    batch.start(1, 1);
    batch.put(0, new int[] {tokenId});
    try (InputTensors inputs = new InputTensors(batch, signature)) {
      session.run(inputs.byName(), Set.of(signature.output())).close();
      return true;
    } catch (OrtException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("out of data bounds") || message.contains("index out of range")) {
        return false;
      }
      throw new EmbeddingException(String.valueOf(e.getMessage()), e);
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
