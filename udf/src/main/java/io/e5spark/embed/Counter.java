package io.e5spark.embed;

/** What is counted while texts are embedded. */
public enum Counter {
  /** Rows that came in. */
  ROWS,
  /** Rows without a text; their vector is null. */
  NULLS,
  /** Rows whose text stood in the same window already; they share its vector. */
  DUPLICATES,
  /** Rows whose text begins with {@code "query: "} or {@code "passage: "} itself. */
  PREFIXED,
  /** Rows whose text was cut at the longest input. */
  TRUNCATED,
  /** Rows that could not be embedded and carry an error. */
  FAILED,
  /** Texts tokenized, a window ahead of {@link #TEXTS}. */
  TOKENIZED_TEXTS,
  /** Their tokens, a window ahead of {@link #TOKENS}. */
  TOKENIZED_TOKENS,
  /** Texts given to the model. */
  TEXTS,
  /** Real tokens given to the model, prefix and special tokens included. */
  TOKENS,
  /** Padding given to the model, in tokens. */
  PADDING,
  /** Model calls. */
  BATCHES,
  /** Nanoseconds that tasks spent tokenizing. */
  TOKENIZING,
  /** Nanoseconds that tasks spent in the model. */
  MODEL,
  /** Windows that were embedded on a GPU. */
  GPU_WINDOWS,
  /** Windows that were embedded on the CPU. */
  CPU_WINDOWS
}
