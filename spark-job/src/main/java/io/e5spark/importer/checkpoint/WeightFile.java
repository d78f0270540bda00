package io.e5spark.importer.checkpoint;

import java.io.IOException;

/** Named tensors of a trained encoder in a file, which are read one at a time. */
interface WeightFile extends AutoCloseable {
  boolean has(String name);

  /**
   * Reads a tensor, row by row.
   *
   * @param shape the shape that it must have
   * @throws IllegalArgumentException if it is missing, has another shape or type, or is not finite
   */
  float[] read(String name, int... shape) throws IOException;

  @Override
  void close() throws IOException;
}
