package io.e5spark.table;

import java.util.List;

/**
 * The names of the columns that belong to a vector.
 *
 * @param vector the column with the vectors
 */
public record VectorColumns(String vector) {
  /** The column with the number of tokens that the model read. */
  public String tokens() {
    return vector + "_tokens";
  }

  /** The column that says whether a text was longer than the longest input. */
  public String truncated() {
    return vector + "_truncated";
  }

  /** The column that says why a text has no vector. */
  public String error() {
    return vector + "_error";
  }

  /** The column with the hash of the text that a vector was made from. */
  public String hash() {
    return vector + "_hash";
  }

  /** The column with the number of the list of an index that a vector is in. */
  public String list() {
    return vector + "_list";
  }

  /** The vector column, and those that may accompany it. */
  public List<String> all() {
    return List.of(vector, tokens(), truncated(), error(), hash(), list());
  }
}
