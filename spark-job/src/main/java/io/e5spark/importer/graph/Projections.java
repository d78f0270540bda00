package io.e5spark.importer.graph;

import io.e5spark.importer.checkpoint.Matrix;
import java.io.IOException;

/** How the graph of an encoder multiplies by its large weights. */
interface Projections {
  /**
   * Self-attention of normalized token vectors.
   *
   * @param weights those of query, key and value side by side, {@code [hidden, 3 hidden]}
   */
  void attention(String out, String in, Matrix weights, float[] bias) throws IOException;

  /**
   * Normalized token vectors times weights, without bias.
   *
   * @return the bias to add, which may differ from the given one
   */
  float[] ofNormalised(String out, String in, Matrix weights, float[] bias) throws IOException;

  /** Outputs of GELU times weights, without bias. */
  void ofActivated(String out, String in, Matrix weights) throws IOException;
}
