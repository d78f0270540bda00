package io.e5spark.vector;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The requirements that every vector must meet before it leaves the embedder. */
public final class VectorCheck {
  private static final double NORM_TOLERANCE = 1e-3;

  private VectorCheck() {}

  /** What is wrong with a vector: a component that is not a number, or a norm other than 1. */
  public static @Nullable String problem(float[] vector, boolean normalized) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    if (!Double.isFinite(squares)) {
      return "Invalid vector: the model returned a component that is not a number";
    }
    double norm = Math.sqrt(squares);
    if (normalized && Math.abs(norm - 1) > NORM_TOLERANCE) {
      return String.format(Locale.ROOT, "Invalid vector: its norm is %.6f (must be 1)", norm);
    }
    return null;
  }
}
