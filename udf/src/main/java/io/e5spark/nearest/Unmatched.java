package io.e5spark.nearest;

/** What a join does with queries for which it finds nothing, and with those without a vector. */
public enum Unmatched {
  /** Nothing comes of them. */
  LEFT_OUT,
  /** Each comes once, with no row beside it. */
  KEPT
}
