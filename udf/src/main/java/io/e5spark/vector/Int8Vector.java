package io.e5spark.vector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** Vectors of whole numbers from −127 to 127; null for null. */
public final class Int8Vector {
  private Int8Vector() {}

  /** Components divided by the scale and rounded. */
  public static @Nullable List<Byte> of(@Nullable Seq<Float> vector, double scale) {
    if (vector == null) {
      return null;
    }
    List<Byte> bytes = new ArrayList<>(vector.size());
    for (int i = 0; i < vector.size(); i++) {
      bytes.add(VectorEncoding.int8(vector.apply(i), scale));
    }
    return bytes;
  }

  /** Whole numbers multiplied by the scale. */
  public static @Nullable List<Float> floats(@Nullable Seq<Byte> bytes, float scale) {
    if (bytes == null) {
      return null;
    }
    List<Float> floats = new ArrayList<>(bytes.size());
    for (int i = 0; i < bytes.size(); i++) {
      floats.add(bytes.apply(i) * scale);
    }
    return floats;
  }
}
