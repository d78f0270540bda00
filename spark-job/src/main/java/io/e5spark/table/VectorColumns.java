package io.e5spark.table;

import java.util.List;

/**
 * The names of the columns that a table has of a vector.
 *
 * @param vector the column with the vectors
 */
public record VectorColumns(String vector) {
  /** The number of tokens that the model was given of a text. */
  public String tokens() {
    return vector + "_tokens";
  }

  /** Whether a text was longer than the longest input. */
  public String truncated() {
    return vector + "_truncated";
  }

  /** Why a text has no vector. */
  public String error() {
    return vector + "_error";
  }

  /** The hash of the text that a vector was made of. */
  public String hash() {
    return vector + "_hash";
  }

  /** The number of the list of an index that a vector is in. */
  public String list() {
    return vector + "_list";
  }

  /** The vector column, and those that may stand beside it. */
  public List<String> all() {
    return List.of(vector, tokens(), truncated(), error(), hash(), list());
  }
}
