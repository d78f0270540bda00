package io.e5spark.lists;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the properties of a vector table say of its index. Lists are numbered on from those of
 * earlier indexes over the table, so that a row that still has a number of an earlier one is known
 * to be in no list.
 *
 * @param id tells it from other indexes
 * @param fingerprint of the vectors that it was made of
 * @param column the one with the number of a row's list
 * @param first the number of the first list
 * @param lists their number
 * @param centroids the table with the centroids, as SQL calls it
 */
public record StatedIndex(
    String id, String fingerprint, String column, int first, int lists, String centroids) {
  private static final String ID = "e5.index";
  private static final String FINGERPRINT = "e5.index-fingerprint";
  private static final String COLUMN = "e5.index-column";
  private static final String FIRST = "e5.index-first-list";
  private static final String LISTS = "e5.index-lists";
  private static final String CENTROIDS = "e5.index-centroids";

  /** What these table properties say; nothing where the table has no index. */
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
            table.getOrDefault(CENTROIDS, "")));
  }

  /** The same as table properties. */
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
   * Checks that it was made of a table's vectors.
   *
   * @param vectors the fingerprint of the vectors
   * @param table as messages call it
   * @throws IllegalArgumentException if not
   */
  public void requireMadeOf(String vectors, String table) {
    if (!fingerprint.equals(vectors)) {
      throw new IllegalArgumentException(
          "Cannot use the index of table %s: it was made of vectors with fingerprint %s, the table's have %s (make it anew with e5-spark index --retrain)"
              .formatted(table, fingerprint, vectors));
    }
  }
}
