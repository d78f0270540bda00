package io.e5spark.embed;

import java.util.Locale;

/** What is counted while texts are embedded. */
public enum Counter {
  /** Rows that came in. */
  ROWS,
  /** Texts that are null, and so have a null vector. */
  NULLS,
  /** Texts that occur earlier in the same window and share its vector. */
  DUPLICATES,
  /** Texts that already begin with a prompt and get that of the model as well. */
  PREFIXED,
  /** Texts that were truncated at the longest input. */
  TRUNCATED,
  /** Texts that could not be embedded and carry an error. */
  FAILED,
  /** Texts that were tokenized, one window ahead of {@link #TEXTS}. */
  TOKENIZED_TEXTS,
  /** Tokens of these texts, one window ahead of {@link #TOKENS}. */
  TOKENIZED_TOKENS,
  /** Texts that the model was given. */
  TEXTS,
  /** Real tokens that the model was given, including the prefix and the special tokens. */
  TOKENS,
  /** Padding that the model was given, in tokens. */
  PADDING,
  /** Calls of the model. */
  BATCHES,
  /** Nanoseconds that tasks spent on tokenizing. */
  TOKENIZING,
  /** Nanoseconds that the calls of the model took. */
  MODEL,
  /**
   * Nanoseconds that tasks waited for the model; longer than its calls where the calls take turns.
   */
  WAITING,
  /** Windows that were embedded on a GPU. */
  GPU_WINDOWS,
  /** Windows that were embedded on the CPU. */
  CPU_WINDOWS;

  /** The name of the counter for people. */
  public String label() {
    return "e5 " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether it counts nanoseconds. */
  public boolean isTime() {
    return this == TOKENIZING || this == MODEL || this == WAITING;
  }
}
