package io.e5spark.search;

import io.e5spark.nearest.RowOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Orders documents with equal scores by id, descending in UTF-8 bytes, as trec_eval ranks them. */
enum TrecOrder implements RowOrder {
  INSTANCE;

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(b, a);
  }

  @Override
  public String name(byte[] row) {
    return "document " + id(row);
  }

  static String id(byte[] row) {
    return new String(row, StandardCharsets.UTF_8);
  }
}
