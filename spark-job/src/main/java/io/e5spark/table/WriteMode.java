package io.e5spark.table;

import java.util.Locale;

/** What happens to the rows that a vector table has. */
public enum WriteMode {
  /** They are replaced, with all that the table's owner has declared kept. */
  OVERWRITE,
  /** They are replaced, whoever wrote the table; what cannot be kept of it goes, with a warning. */
  REPLACE,
  /** They stay; the new ones must be of the same model, dimension and columns. */
  APPEND,
  /**
   * Rows with a new key or another text are embedded and put in, rows with other kept columns get
   * these; the others stay as they are.
   */
  MERGE;

  /** Whether all rows go that the table has. */
  public boolean replaces() {
    return this == OVERWRITE || this == REPLACE;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
