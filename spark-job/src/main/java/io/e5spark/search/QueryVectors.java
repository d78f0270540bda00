package io.e5spark.search;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Queries and their vectors.
 *
 * @param ids the ids, in order
 * @param vectors one vector per id, all of one dimension
 */
public record QueryVectors(List<String> ids, List<float[]> vectors) implements Serializable {
  public int size() {
    return ids.size();
  }

  int dimension() {
    return vectors.get(0).length;
  }

  /** Some of them. */
  QueryVectors part(int from, int to) {
    return new QueryVectors(
        List.copyOf(ids.subList(from, to)), List.copyOf(vectors.subList(from, to)));
  }

  /** The ids as UTF-8. */
  byte[][] encodedIds() {
    return ids.stream().map(id -> id.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /** Whether a query has this id. */
  static boolean same(byte[] query, byte[] document) {
    return Arrays.equals(query, document);
  }
}
