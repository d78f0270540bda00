package io.e5spark.importer.graph;

import io.e5spark.importer.checkpoint.Matrix;
import java.io.IOException;

/** How an encoder's graph multiplies by its large weights. */
interface Projections {
  /**
   * Self-attention of normalised token vectors.
   *
   * @param weights of query, key and value side by side, {@code [hidden, 3 hidden]}
   */
  void attention(String out, String in, Matrix weights, float[] bias) throws IOException;

  /**
   * Normalised token vectors times weights, without bias.
   *
   * @return the bias to add, which need not be the one given
   */
  float[] ofNormalised(String out, String in, Matrix weights, float[] bias) throws IOException;

  /** Outputs of GELU times weights, without bias. */
  void ofActivated(String out, String in, Matrix weights) throws IOException;
}
