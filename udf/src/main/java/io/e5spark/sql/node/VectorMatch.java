package io.e5spark.sql.node;

import io.e5spark.nearest.Unmatched;
import java.io.Serializable;

/** What a {@link VectorJoin} finds. */
public sealed interface VectorMatch extends Serializable {
  /** The dimension of the vectors; 0 where it is not known. */
  int dimension();

  /** The {@code k} rows that are nearest to a constant. */
  record Constant(QueryVector query, int k, int dimension) implements VectorMatch {}

  /**
   * For every row of the second input, the {@code k} nearest of the first.
   *
   * @param unmatched rows of the second
   */
  record Nearest(int k, int dimension, Unmatched unmatched) implements VectorMatch {
    /** Without those for which there is none. */
    public static Nearest found(int k, int dimension) {
      return new Nearest(k, dimension, Unmatched.LEFT_OUT);
    }

    /** With every row of the second input, beside nulls where there is none. */
    public static Nearest ofAll(int k, int dimension) {
      return new Nearest(k, dimension, Unmatched.KEPT);
    }
  }

  /** The pairs of rows of one input whose score is not below a threshold. */
  record Near(float threshold, int dimension) implements VectorMatch {}
}
