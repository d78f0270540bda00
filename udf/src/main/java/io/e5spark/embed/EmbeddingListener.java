package io.e5spark.embed;

/** Receives what happens while texts are embedded. */
@FunctionalInterface
public interface EmbeddingListener {
  /** Adds to a counter. */
  void count(Counter counter, long amount);

  /** Called before each batch; may throw to stop the work there. */
  default void beforeBatch() {}
}
