package io.e5spark.embed;

import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunking;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import java.util.List;

/** Turns texts into vectors. Thread-safe. */
public interface TextEmbedder extends AutoCloseable {
  /**
   * Embeds any number of texts.
   *
   * @param onError whether a text that cannot be embedded fails the call, or keeps its error
   * @return one embedding per text, in the order of the texts
   * @throws io.e5spark.model.EmbeddingException if a text cannot be embedded and errors are not
   *     kept
   */
  List<Embedding> embed(
      List<String> texts, InputType type, OnError onError, EmbeddingListener listener);

  /**
   * The number of tokens of a text before truncation, including the prefix and the special tokens.
   */
  int countTokens(String text, InputType type);

  /**
   * A text in chunks, each within the budget as {@link #countTokens} counts.
   *
   * @param title goes in front of each chunk; may be empty
   */
  List<Chunk> chunks(Chunking chunking, InputType type, String title, String text);

  /** The dimension of a vector. */
  int dimension();

  /** Frees the model, after the running calls. */
  @Override
  void close();
}
