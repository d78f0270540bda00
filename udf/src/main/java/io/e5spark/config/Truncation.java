package io.e5spark.config;

/** What happens to a text with more tokens than the longest input of the model. */
public enum Truncation {
  /** The text is truncated at the longest input, flagged and counted. */
  CUT,
  /** The text cannot be embedded. */
  FAIL,
  /**
   * The text is embedded in overlapping segments, each with the prefix, and its vector is their
   * mean, weighted by tokens. This covers the whole text, but E5 models were not trained on it.
   */
  WINDOW
}
