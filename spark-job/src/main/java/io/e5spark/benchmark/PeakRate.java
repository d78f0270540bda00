package io.e5spark.benchmark;

import io.e5spark.onnx.MatrixMultiplier;
import java.util.Random;

/** The machine's own rate of single-precision matrix products, on the calling thread. */
final class PeakRate implements AutoCloseable {
  private static final int SIDE = 2_048;
  private static final int PRODUCTS = 6;

  private final MatrixMultiplier product = new MatrixMultiplier(SIDE, SIDE, SIDE);

  PeakRate() {
    Random random = new Random(1);
    for (int i = 0; i < SIDE * SIDE; i++) {
      product.left().put(i, random.nextFloat());
      product.right().put(i, random.nextFloat());
    }
    product.multiply();
  }

  /** Multiplies a few times; returns the number of floating-point operations. */
  double run() {
    for (int i = 0; i < PRODUCTS; i++) {
      product.multiply();
    }
    return 2.0 * SIDE * SIDE * SIDE * PRODUCTS;
  }

  @Override
  public void close() {
    product.close();
  }
}
