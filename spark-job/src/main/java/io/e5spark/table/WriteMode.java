package io.e5spark.table;

import java.util.Locale;

/** What happens to the rows that a vector table already has. */
public enum WriteMode {
  /** They are replaced, and the declarations of the table's owner are kept. */
  OVERWRITE,
  /**
   * They are replaced, whoever wrote the table; declarations that cannot be kept are lost, with a
   * warning.
   */
  REPLACE,
  /** They stay, and the new ones must have the same model, dimension and columns. */
  APPEND,
  /**
   * Rows with a new key or another text are embedded and written, rows with other kept columns get
   * these columns, and all other rows stay unchanged.
   */
  MERGE;

  /** Whether the table loses all rows that it has. */
  public boolean replaces() {
    return this == OVERWRITE || this == REPLACE;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
