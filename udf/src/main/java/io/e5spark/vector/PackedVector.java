package io.e5spark.vector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** Vectors with fewer bits per component; null for null. */
public final class PackedVector {
  private PackedVector() {}

  /** Components divided by the scale and rounded, from −127 to 127. */
  public static @Nullable List<Byte> int8(@Nullable Seq<Float> vector, double scale) {
    if (vector == null) {
      return null;
    }
    List<Byte> bytes = new ArrayList<>(vector.size());
    for (int i = 0; i < vector.size(); i++) {
      bytes.add(VectorEncoding.int8(vector.apply(i), scale));
    }
    return bytes;
  }

  /** The other way round. */
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

  /** A bit per component, set where it is not negative. */
  public static byte @Nullable [] signs(@Nullable Seq<Float> vector) {
    if (vector == null) {
      return null;
    }
    byte[] bits = new byte[vector.size() / Byte.SIZE];
    for (int i = 0; i < vector.size(); i++) {
      if (vector.apply(i) >= 0) {
        VectorEncoding.set(bits, i);
      }
    }
    return bits;
  }

  /** Signs as components of a vector with norm 1. */
  public static @Nullable List<Float> floats(byte @Nullable [] bits) {
    if (bits == null) {
      return null;
    }
    int dimension = VectorEncoding.dimensionOfSigns(bits);
    float component = VectorEncoding.signComponent(dimension);
    List<Float> floats = new ArrayList<>(dimension);
    for (int i = 0; i < dimension; i++) {
      floats.add(VectorEncoding.isSet(bits, i) ? component : -component);
    }
    return floats;
  }
}
