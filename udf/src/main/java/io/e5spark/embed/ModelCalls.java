package io.e5spark.embed;

import io.e5spark.onnx.TokenBatch;

/** How batches get to a model and back. Thread-safe. */
public interface ModelCalls extends AutoCloseable {
  /** A way to the model for the batches of one window. */
  Lane lane();

  /** Ends the calls that are under way, and then the model; what has not begun fails. */
  @Override
  void close();

  /** One window's way to the model. Not thread-safe. */
  interface Lane extends AutoCloseable {
    /** Batches that it takes at once. */
    int depth();

    /** Hands a batch over, whose memory is the model's until the call has ended. */
    Call start(TokenBatch batch);

    /** Takes back what has not begun and waits for what has. */
    @Override
    void close();
  }

  /** A batch on its way. */
  interface Call {
    /**
     * Waits until the vectors are in the batch.
     *
     * @param meanwhile called at intervals; may throw to stop waiting
     * @return nanoseconds that the model took
     * @throws io.e5spark.model.EmbeddingException if the model call failed
     */
    long await(Runnable meanwhile);
  }
}
