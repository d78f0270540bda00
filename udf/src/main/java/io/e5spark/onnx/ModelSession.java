package io.e5spark.onnx;

/** A graph that is loaded on a device. */
public interface ModelSession extends AutoCloseable {
  /**
   * Runs the batch; afterwards, the vectors are in the batch.
   *
   * @throws io.e5spark.model.EmbeddingException if the call fails
   */
  void run(TokenBatch batch);

  /**
   * Runs the batch, and then returns the unused memory of the device.
   *
   * @throws io.e5spark.model.EmbeddingException if the call fails
   */
  void runAndShrink(TokenBatch batch);

  @Override
  void close();
}
