package io.e5spark.config;

/** What happens to a text that has more tokens than the model's longest input. */
public enum Truncation {
  /** It is cut at the longest input, and flagged and counted. */
  CUT,
  /** It cannot be embedded. */
  FAIL,
  /**
   * It is embedded in overlapping segments, each with the prefix; its vector is their mean,
   * weighted by tokens. That covers the whole text, but is not what E5 models were trained on.
   */
  WINDOW
}
