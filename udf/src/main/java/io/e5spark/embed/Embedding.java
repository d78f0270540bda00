package io.e5spark.embed;

import org.jspecify.annotations.Nullable;

/** The result for one text: a vector, or an error instead of it. */
public final class Embedding {
  private final float @Nullable [] vector;
  private final int tokens;
  private final boolean truncated;
  private final @Nullable String error;

  private Embedding(
      float @Nullable [] vector, int tokens, boolean truncated, @Nullable String error) {
    this.vector = vector;
    this.tokens = tokens;
    this.truncated = truncated;
    this.error = error;
  }

  /** The vector of a text, {@code [dimension]}. */
  public static Embedding of(float[] vector, int tokens, boolean truncated) {
    return new Embedding(vector, tokens, truncated, null);
  }

  /** The result for a text that could not be embedded. */
  public static Embedding failed(String error) {
    return new Embedding(null, 0, false, error);
  }

  /** The vector, {@code [dimension]}; null if there is an error. Not a copy. */
  public float @Nullable [] vector() {
    return vector;
  }

  /** The number of tokens that the model read, including the prefix and the special tokens. */
  public int tokens() {
    return tokens;
  }

  /** Whether the text was longer than the longest input and was truncated. */
  public boolean truncated() {
    return truncated;
  }

  /** Why there is no vector; null if there is one. */
  public @Nullable String error() {
    return error;
  }
}
