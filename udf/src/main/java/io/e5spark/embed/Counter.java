package io.e5spark.embed;

import java.util.Locale;

/** What is counted while texts are embedded. */
public enum Counter {
  /** Rows that came in. */
  ROWS,
  /** Texts that are null; so is their vector. */
  NULLS,
  /** Texts that stood in the same window already; they share a vector. */
  DUPLICATES,
  /** Texts that get the model's prompt although they begin with one themselves. */
  PREFIXED,
  /** Texts that were cut at the longest input. */
  TRUNCATED,
  /** Texts that could not be embedded and carry an error. */
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
  /** Nanoseconds that the model's calls took. */
  MODEL,
  /** Nanoseconds that tasks waited for the model: longer than its calls where these take turns. */
  WAITING,
  /** Windows that were embedded on a GPU. */
  GPU_WINDOWS,
  /** Windows that were embedded on the CPU. */
  CPU_WINDOWS;

  /** What people see it called. */
  public String label() {
    return "e5 " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether it counts nanoseconds. */
  public boolean isTime() {
    return this == TOKENIZING || this == MODEL || this == WAITING;
  }
}
