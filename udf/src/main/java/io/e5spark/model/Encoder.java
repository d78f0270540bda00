package io.e5spark.model;

import io.e5spark.config.Device;

/** A loaded model: token ids in, one vector a text out. Thread-safe. */
public final class Encoder implements AutoCloseable {
  private final OnnxSession session;
  private final GraphSignature signature;

  private Encoder(OnnxSession session, GraphSignature signature) {
    this.session = session;
    this.signature = signature;
  }

  /**
   * Loads a model.
   *
   * @param model what the driver found; files with another hash are refused
   * @throws IllegalArgumentException if the files differ, or the device cannot be had
   */
  public static Encoder open(ModelFiles files, E5Model model, Device device, boolean normalize) {
    try (WorkingCopy copy = WorkingCopy.take(files, model.graphSha256())) {
      requireSame(model.graphSha256(), copy.sha256(), files);
      GraphSignature signature = model.signature();
      if (!signature.pooled()) {
        copy.append(MeanPooling.tail(signature.output(), normalize));
      }
      return new Encoder(open(copy, chosen(files, device)), signature);
    } catch (EmbeddingException e) {
      throw new IllegalArgumentException(
          "Cannot open model %s: %s".formatted(files.location(), e.getMessage()), e);
    }
  }

  /** Integers are for the CPU: a GPU would hand every product back to it. */
  private static Device chosen(ModelFiles files, Device device) {
    boolean integers =
        ModelManifest.of(files)
            .filter(manifest -> manifest.precision() == Precision.INT8)
            .isPresent();
    return device == Device.AUTO && integers ? Device.CPU : device;
  }

  private static OnnxSession open(WorkingCopy copy, Device device) {
    if (device != Device.AUTO) {
      return OnnxSession.open(copy.graph(), device);
    }
    if (OnnxSession.offersCuda()) {
      try {
        return OnnxSession.open(copy.graph(), Device.CUDA);
      } catch (EmbeddingException e) {
        System.getLogger(Encoder.class.getName())
            .log(System.Logger.Level.WARNING, "No GPU, using the CPU: {0}", e.getMessage());
      }
    }
    return OnnxSession.open(copy.graph(), Device.CPU);
  }

  private static void requireSame(String expected, String actual, ModelFiles files) {
    if (!expected.equals(actual)) {
      throw new IllegalArgumentException(
          "Cannot open model %s: its files are not those that the driver saw (SHA-256 %s, expected %s)"
              .formatted(files.location(), actual, expected));
    }
  }

  /** Where the model runs; never {@link Device#AUTO}. */
  public Device device() {
    return session.device();
  }

  /** Length of a vector. */
  public int dimension() {
    return signature.dimension();
  }

  /**
   * Embeds a batch; its vectors are then in the batch.
   *
   * @throws EmbeddingException if the model call fails
   */
  public void encode(TokenBatch batch) {
    session.run(batch, signature);
  }

  @Override
  public void close() {
    session.close();
  }
}
