package io.e5spark.model;

/** A graph that is loaded on a device. */
interface ModelSession extends AutoCloseable {
  /**
   * Runs the batch; its vectors are then in the batch.
   *
   * @throws EmbeddingException if the call fails
   */
  void run(TokenBatch batch);

  /**
   * The same; afterwards the device's memory that is not in use goes back to the device.
   *
   * @throws EmbeddingException if the call fails
   */
  void runAndShrink(TokenBatch batch);

  @Override
  void close();
}
