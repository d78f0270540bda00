package io.e5spark.importer.checkpoint;

/**
 * Weights that vectors are multiplied by, from the right.
 *
 * @param values {@code [in, out]}, row by row
 */
@SuppressWarnings("ArrayRecordComponent")
public record Matrix(String name, float[] values, int in, int out) {
  /** From {@code [out, in]}, as checkpoints have it. */
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

  /** Each row times its factor. */
  public Matrix scaled(float[] factors) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] * factors[i / out];
    }
    return new Matrix(name, result, in, out);
  }

  /** A vector times this matrix, {@code [out]}. */
  public double[] product(float[] vector) {
    double[] product = new double[out];
    for (int i = 0; i < values.length; i++) {
      product[i % out] += (double) vector[i / out] * values[i];
    }
    return product;
  }
}
