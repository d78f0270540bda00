package io.e5spark.index;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to do with the index of a table.
 *
 * @param lists the number of lists; null for that of the existing index, or else the square root of
 *     the number of rows
 * @param training whether to find new centroids although the index has some
 * @param seed the seed of the random numbers
 */
public record IndexRequest(@Nullable Integer lists, Training training, long seed) {

  /** When centroids are found. */
  public enum Training {
    IF_NEEDED,
    ANEW
  }

  /** Checks the request. */
  public IndexRequest {
    if (lists != null && lists < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid lists: %d (must be at least 1)", lists));
    }
  }

  /** The number of lists for so many rows. */
  int lists(long rows) {
    return lists == null ? (int) Math.max(1, Math.round(Math.sqrt((double) rows))) : lists;
  }
}
