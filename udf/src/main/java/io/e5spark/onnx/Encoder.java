package io.e5spark.onnx;

import io.e5spark.config.Device;
import io.e5spark.config.Settings;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.HostCopies;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelIdentity;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded model, which turns token ids into one vector per text. Thread-safe, unless it is {@link
 * #dedicated}: then all calls must come from one thread.
 */
public final class Encoder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Encoder.class);

  private final ModelSession session;
  private final Device device;
  private final int dimension;
  private final int paddingId;

  Encoder(ModelSession session, Device device, int dimension, int paddingId) {
    this.session = session;
    this.device = device;
    this.dimension = dimension;
    this.paddingId = paddingId;
  }

  /**
   * Loads a model.
   *
   * @param model what the driver found; files with another hash are rejected
   * @param gpu the number of the GPU, if one is used
   * @throws IllegalArgumentException if the files differ, or the device is not available
   */
  public static Encoder open(ModelFiles files, ModelIdentity model, Settings settings, int gpu) {
    GraphEnd end = GraphEnd.of(files, model, settings.vectors().normalize());
    OnnxSession opened = session(files, model, end, settings, chosen(files, settings), gpu);
    Placement placement = opened.placement();
    ModelSession session = opened.running(end.signature());
    try {
      if (settings.loading().deviceThread().dedicated(placement.device())) {
        session =
            new RecoveringSession(
                session,
                () ->
                    session(files, model, end, settings, placement.device(), gpu)
                        .running(end.signature()),
                ProcessPolicy.deviceLoss());
      }
      return new Encoder(session, placement.device(), model.dimension(), model.paddingId());
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private static OnnxSession session(
      ModelFiles files,
      ModelIdentity model,
      GraphEnd end,
      Settings settings,
      Device device,
      int gpu) {
    HostCopies shared = HostCopies.ofModels(settings.loading().modelCache());
    try (VerifiedCopy copy = VerifiedCopy.of(files, end.nodes(), shared)) {
      requireSame(model.graphSha256(), copy.sha256(), files);
      return open(copy, device, gpu, settings.vectors().arm64Bfloat16());
    } catch (EmbeddingException e) {
      throw new IllegalArgumentException(
          "Cannot open model %s: %s".formatted(files.location(), e.getMessage()), e);
    }
  }

  /**
   * Integers are for the CPU, because a GPU would hand every product back to it, and so is an
   * arithmetic that only processors have.
   */
  private static Device chosen(ModelFiles files, Settings settings) {
    boolean integers =
        ModelManifest.of(files)
            .filter(manifest -> manifest.precision() == NumberFormat.INT8)
            .isPresent();
    Device device = settings.loading().device();
    boolean forCpu = integers || settings.vectors().arm64Bfloat16();
    return device == Device.AUTO && forCpu ? Device.CPU : device;
  }

  private static OnnxSession open(
      VerifiedCopy copy, Device device, int gpu, boolean arm64Bfloat16) {
    if (device != Device.AUTO) {
      return OnnxSession.open(copy.graphFor(device), new Placement(device, gpu, arm64Bfloat16));
    }
    if (OnnxRuntime.offersCuda()) {
      try {
        return OnnxSession.open(copy.graphFor(Device.CUDA), new Placement(Device.CUDA, gpu, false));
      } catch (EmbeddingException | IllegalArgumentException e) {
        LOG.warn("Using the CPU, because no GPU is available: {}", e.getMessage());
      }
    }
    return OnnxSession.open(copy.graph(), Placement.CPU);
  }

  private static void requireSame(String expected, String actual, ModelFiles files) {
    if (!expected.equals(actual)) {
      throw new IllegalArgumentException(
          "Cannot open model %s: its files are not those that the driver saw (SHA-256 %s, expected %s)"
              .formatted(files.location(), actual, expected));
    }
  }

  /** The device that runs it; never {@link Device#AUTO}. */
  public Device device() {
    return device;
  }

  /** Whether all calls must come from one thread. */
  public boolean dedicated() {
    return session instanceof RecoveringSession;
  }

  /** The most tokens per batch, padding included, for which the device is known to have memory. */
  public int maxBatchTokens() {
    return session instanceof RecoveringSession recovering
        ? recovering.maxTokens()
        : Integer.MAX_VALUE;
  }

  /** The dimension of its vectors. */
  public int dimension() {
    return dimension;
  }

  /** An empty batch for this model. */
  public TokenBatch batch() {
    return new TokenBatch(dimension, paddingId);
  }

  /**
   * Embeds a batch; afterwards, the vectors are in the batch.
   *
   * @throws EmbeddingException if the model call fails
   */
  public void encode(TokenBatch batch) {
    session.run(batch);
  }

  @Override
  public void close() {
    session.close();
  }
}
