package io.e5spark.embed;

import java.util.List;

/** Turns texts into vectors. Thread-safe. */
public interface TextEmbedder {
  /**
   * Embeds texts, however many.
   *
   * @return one embedding a text, in the order of the texts
   * @throws io.e5spark.model.EmbeddingException if a text cannot be embedded and errors are not
   *     kept
   */
  List<Embedding> embed(List<String> texts, InputType type, EmbeddingListener listener);

  /** Length of a vector. */
  int dimension();
}
