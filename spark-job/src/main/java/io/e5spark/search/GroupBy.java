package io.e5spark.search;

import java.util.Locale;

/** What one hit of a search in a table of chunks is. */
public enum GroupBy {
  /** A document, represented by its best chunk. */
  DOCUMENT,
  /** A chunk. */
  NONE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
