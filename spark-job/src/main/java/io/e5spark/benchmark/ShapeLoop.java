package io.e5spark.benchmark;

import io.e5spark.embed.Batches;
import io.e5spark.embed.E5Embedder;

/**
 * Calls of a model with one batch of full rows, {@code [texts, tokens]}, on the caller's thread.
 */
public final class ShapeLoop {
  private static final String WORDS =
      "The moon rises about fifty minutes later each day, since it moves on along its way.";

  private final E5Embedder embedder;
  private final Batches batch;

  /** A loop over texts of so many tokens each. */
  public ShapeLoop(E5Embedder embedder, int texts, int tokens) {
    this.embedder = embedder;
    this.batch = embedder.fullBatch(WORDS, texts, tokens);
  }

  /** Runs the model so many times. */
  public void run(int calls) {
    for (int call = 0; call < calls; call++) {
      embedder.run(batch, batch.queue());
    }
  }
}
