package io.e5spark.source;

import java.util.Locale;

/** The origin of the identifier of a row. */
public enum RowIds {
  /** The columns of the row. */
  COLUMNS,
  /** The SHA-256 over the text, in hexadecimal; rows with equal texts share it. */
  HASH,
  /**
   * The number of the row, from 1, in the order of the files' paths and of the rows in each file.
   */
  NUMBER;

  /** The column that holds a generated identifier. */
  static final String COLUMN = "id";

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
