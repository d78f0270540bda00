package io.e5spark.nearest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Rows that are ids in UTF-8. Rows of equal score are ordered by descending id. */
enum Ids implements RowOrder {
  DESCENDING;

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(b, a);
  }

  @Override
  public String name(byte[] row) {
    return "row " + new String(row, StandardCharsets.UTF_8);
  }

  /** A row that was found. The scores {@code 0.0} and {@code -0.0} are equal. */
  record Found(String document, double score) {
    Found {
      score += 0.0;
    }
  }

  static List<Found> found(byte[] packed) {
    return TopDocuments.unpacked(packed).stream()
        .map(one -> new Found(new String(one.row(), StandardCharsets.UTF_8), one.score()))
        .toList();
  }
}
