package io.e5spark.nearest;

import java.io.Serializable;

/** The order of rows with equal scores, and the name of a row in messages; rows are bytes here. */
public interface RowOrder extends Serializable {
  /** Negative if the first of two rows with equal scores ranks before the second. */
  int compare(byte[] a, byte[] b);

  /** The name of a row in messages. */
  String name(byte[] row);
}
