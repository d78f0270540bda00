package io.e5spark.table;

import java.util.Locale;

/** What happens to the rows that a vector table has. */
public enum WriteMode {
  /** They are replaced. */
  OVERWRITE,
  /** They stay; the new ones must be of the same model, dimension and columns. */
  APPEND,
  /**
   * Rows with a new key or another text are embedded and put in, rows with other kept columns get
   * these; the others stay as they are.
   */
  MERGE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
