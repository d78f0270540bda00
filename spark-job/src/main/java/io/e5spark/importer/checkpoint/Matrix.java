package io.e5spark.importer.checkpoint;

/**
 * Weights for multiplying vectors from the right.
 *
 * @param values {@code [in, out]}, row by row
 */
@SuppressWarnings("ArrayRecordComponent")
public record Matrix(String name, float[] values, int in, int out) {
  /** The matrix from {@code [out, in]}, the order of checkpoints. */
  public static Matrix transposed(String name, float[] values, int out, int in) {
    float[] result = new float[values.length];
    for (int row = 0; row < out; row++) {
      for (int column = 0; column < in; column++) {
        result[column * out + row] = values[row * in + column];
      }
    }
    return new Matrix(name, result, in, out);
  }

  /** The largest absolute value of a row. */
  public float largest(int row) {
    float largest = 0;
    for (int column = 0; column < out; column++) {
      largest = Math.max(largest, Math.abs(values[row * out + column]));
    }
    return largest;
  }

  /** The matrix with each row multiplied by its factor. */
  public Matrix scaled(float[] factors) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] * factors[i / out];
    }
    return new Matrix(name, result, in, out);
  }

  /** A vector multiplied by this matrix, {@code [out]}. */
  public double[] product(float[] vector) {
    double[] product = new double[out];
    for (int i = 0; i < values.length; i++) {
      product[i % out] += (double) vector[i / out] * values[i];
    }
    return product;
  }
}
