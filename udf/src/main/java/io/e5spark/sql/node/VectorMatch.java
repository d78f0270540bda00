package io.e5spark.sql.node;

import io.e5spark.nearest.Unmatched;
import java.io.Serializable;

/** What a {@link VectorJoin} finds. */
public sealed interface VectorMatch extends Serializable {
  /** The dimension of the vectors; 0 if it is not known. */
  int dimension();

  /** The {@code k} rows that are nearest to a constant. */
  record Constant(QueryVector query, int k, int dimension) implements VectorMatch {}

  /**
   * The {@code k} nearest rows of the first input for every row of the second.
   *
   * @param unmatched what happens to rows of the second input without a result
   */
  record Nearest(int k, int dimension, Unmatched unmatched) implements VectorMatch {
    /** The match without rows of the second input for which there is no result. */
    public static Nearest found(int k, int dimension) {
      return new Nearest(k, dimension, Unmatched.LEFT_OUT);
    }

    /** The match with every row of the second input, beside nulls if there is no result. */
    public static Nearest ofAll(int k, int dimension) {
      return new Nearest(k, dimension, Unmatched.KEPT);
    }
  }

  /** The pairs of rows of one input whose score is not below a threshold. */
  record Near(float threshold, int dimension) implements VectorMatch {}
}
