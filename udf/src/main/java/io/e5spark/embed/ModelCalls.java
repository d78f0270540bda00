package io.e5spark.embed;

import io.e5spark.onnx.TokenBatch;

/** How batches reach a model and come back. Thread-safe. */
public interface ModelCalls extends AutoCloseable {
  /** A way to the model for the batches of one window, which are about as many as given. */
  Lane lane(int batches);

  /** Waits for the running calls and then frees the model; calls that have not begun fail. */
  @Override
  void close();

  /** One window's way to the model. Not thread-safe. */
  interface Lane extends AutoCloseable {
    /** The number of batches that it holds at once. */
    int depth();

    /** Hands a batch over; the model owns its memory until the call has ended. */
    Call start(TokenBatch batch);

    /** Takes back what has not begun, and waits for what has. */
    @Override
    void close();
  }

  /** A batch that was handed over. */
  interface Call {
    /**
     * Waits until the vectors are in the batch.
     *
     * @param meanwhile called at intervals; may throw to stop waiting
     * @return the nanoseconds that the model took
     * @throws io.e5spark.model.EmbeddingException if the model call failed
     */
    long await(Runnable meanwhile);
  }
}
