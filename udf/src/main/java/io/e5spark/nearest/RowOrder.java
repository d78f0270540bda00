package io.e5spark.nearest;

import java.io.Serializable;

/** How rows with equal scores are ranked, and what a message calls a row; rows are bytes here. */
public interface RowOrder extends Serializable {
  /** Negative where the first of two rows with equal scores ranks before the second. */
  int compare(byte[] a, byte[] b);

  /** What a message calls a row. */
  String name(byte[] row);
}
