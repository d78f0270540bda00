package io.e5spark.onnx;

/** A graph that is loaded on a device. */
public interface ModelSession extends AutoCloseable {
  /**
   * Runs the batch; its vectors are then in the batch.
   *
   * @throws io.e5spark.model.EmbeddingException if the call fails
   */
  void run(TokenBatch batch);

  /**
   * The same; afterwards the device's memory that is not in use goes back to the device.
   *
   * @throws io.e5spark.model.EmbeddingException if the call fails
   */
  void runAndShrink(TokenBatch batch);

  @Override
  void close();
}
