package io.e5spark.source;

import java.util.Locale;

/** Where the identifier of a row comes from. */
public enum RowIds {
  /** Its columns. */
  COLUMNS,
  /** SHA-256 over its text, in hexadecimal; rows with equal texts share it. */
  HASH,
  /** Its number, from 1, in the order of the files' paths and of the rows in each. */
  NUMBER;

  /** The column that holds a generated identifier. */
  static final String COLUMN = "id";

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
