package io.e5spark.nearest;

/** What a join does with queries for which it finds nothing, including those without a vector. */
public enum Unmatched {
  /** Leaves them out. */
  LEFT_OUT,
  /** Returns each once, without a row beside it. */
  KEPT
}
