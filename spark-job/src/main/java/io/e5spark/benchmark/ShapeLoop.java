package io.e5spark.benchmark;

import io.e5spark.embed.E5Embedder;
import io.e5spark.onnx.TokenBatch;
import java.util.List;

/**
 * Calls of a model with one batch of full rows, {@code [texts, tokens]}, on the caller's thread.
 */
public final class ShapeLoop {
  private static final String WORDS =
      "The moon rises about fifty minutes later each day, since it moves on along its way.";

  private final E5Embedder embedder;
  private final TokenBatch batch;

  /** A loop over texts of so many tokens each. */
  public ShapeLoop(E5Embedder embedder, int texts, int tokens) {
    this.embedder = embedder;
    this.batch = new TokenBatch(embedder.dimension());
    int[] words = embedder.tokenizeAsIs(List.of(WORDS))[0].ids();
    int[] ids = new int[tokens];
    batch.start(texts, tokens);
    for (int text = 0; text < texts; text++) {
      for (int i = 0; i < tokens; i++) {
        ids[i] = words[(text + i) % words.length];
      }
      batch.put(text, ids);
    }
  }

  /** Runs the model so many times. */
  public void run(int calls) {
    for (int call = 0; call < calls; call++) {
      embedder.encode(batch);
    }
  }
}
