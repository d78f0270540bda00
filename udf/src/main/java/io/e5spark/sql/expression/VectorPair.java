package io.e5spark.sql.expression;

import java.io.Serializable;

/** The forms of two vectors, and the product of such vectors. */
record VectorPair(VectorForm left, VectorForm right) implements Serializable {
  double dot(Object a, Object b) {
    if (right != VectorForm.UNTOLD) {
      return left.dot(a, right.toFloats(b));
    }
    return left == VectorForm.UNTOLD
        ? BinaryProduct.ofUntold((byte[]) a, (byte[]) b)
        : right.dot(b, left.toFloats(a));
  }

  /** Java source of the product of two values. */
  String product(Object a, Object b) {
    if (right != VectorForm.UNTOLD) {
      return left.product(a, right.floats(b));
    }
    return right.product(b, left == VectorForm.UNTOLD ? left.cast(a) : left.floats(a));
  }
}
