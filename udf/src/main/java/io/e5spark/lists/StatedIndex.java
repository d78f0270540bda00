package io.e5spark.lists;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the properties of a vector table say about its index. The numbers of lists continue those of
 * earlier indexes over the table, so a row that still has a number of an earlier index is known to
 * be in no list.
 *
 * @param id distinguishes it from other indexes
 * @param fingerprint the fingerprint of the vectors that it was made from
 * @param column the column with the number of a row's list
 * @param first the number of the first list
 * @param lists the number of lists
 * @param centroids the table with the centroids, as SQL calls it
 * @param beside the place beside the vector table, as SQL calls it, where the centroids are if both
 *     tables were moved; empty if the place of the vector table is unknown
 */
public record StatedIndex(
    String id,
    String fingerprint,
    String column,
    int first,
    int lists,
    String centroids,
    Optional<String> beside) {
  /** Follows the name of a vector table in that of the table with its centroids. */
  public static final String SUFFIX = "_lists";

  private static final String ID = "e5.index";
  private static final String FINGERPRINT = "e5.index-fingerprint";
  private static final String COLUMN = "e5.index-column";
  private static final String FIRST = "e5.index-first-list";
  private static final String LISTS = "e5.index-lists";
  private static final String CENTROIDS = "e5.index-centroids";

  /** The property with which a catalog states the place of a table. */
  private static final String LOCATION = "location";

  /** What these table properties say; empty if the table has no index. */
  public static Optional<StatedIndex> of(Map<String, String> table) {
    if (!table.keySet().containsAll(List.of(ID, FINGERPRINT, COLUMN, FIRST, LISTS, CENTROIDS))) {
      return Optional.empty();
    }
    return Optional.of(
        new StatedIndex(
            table.getOrDefault(ID, ""),
            table.getOrDefault(FINGERPRINT, ""),
            table.getOrDefault(COLUMN, ""),
            Integer.parseInt(table.getOrDefault(FIRST, "0")),
            Integer.parseInt(table.getOrDefault(LISTS, "0")),
            table.getOrDefault(CENTROIDS, ""),
            Optional.ofNullable(table.get(LOCATION)).map(StatedIndex::beside)));
  }

  private static String beside(String location) {
    return "delta.`%s%s`".formatted(location.replaceFirst("/+$", "").replace("`", "``"), SUFFIX);
  }

  /** The index as table properties. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put(ID, id);
    map.put(FINGERPRINT, fingerprint);
    map.put(COLUMN, column);
    map.put(FIRST, Integer.toString(first));
    map.put(LISTS, Integer.toString(lists));
    map.put(CENTROIDS, centroids);
    return map;
  }

  /** The number of the last list. */
  public int last() {
    return first + lists - 1;
  }

  /**
   * Checks that the index was made from the vectors of a table.
   *
   * @param vectors the fingerprint of the vectors
   * @param table the table, as messages call it
   * @throws IllegalArgumentException if it was not
   */
  public void requireMadeOf(String vectors, String table) {
    if (!fingerprint.equals(vectors)) {
      throw new IllegalArgumentException(
          "Cannot use the index of table %s: it was made from vectors with fingerprint %s, and the table's have %s (make a new index with e5-spark index --retrain)"
              .formatted(table, fingerprint, vectors));
    }
  }
}
