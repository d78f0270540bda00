package io.e5spark.vector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** Vectors with fewer bits a component; null for null. */
public final class PackedVector {
  private PackedVector() {}

  /** Components divided by the scale and rounded, from −127 to 127. */
  public static @Nullable List<Byte> int8(@Nullable Seq<Float> vector, double scale) {
    if (vector == null) {
      return null;
    }
    List<Byte> bytes = new ArrayList<>(vector.size());
    for (int i = 0; i < vector.size(); i++) {
      long rounded = Math.round(vector.apply(i) / scale);
      bytes.add((byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, rounded)));
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

  /** A bit a component, lowest first, set where it is not negative. */
  public static byte @Nullable [] signs(@Nullable Seq<Float> vector) {
    if (vector == null) {
      return null;
    }
    byte[] bits = new byte[vector.size() / Byte.SIZE];
    for (int i = 0; i < vector.size(); i++) {
      if (vector.apply(i) >= 0) {
        bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
      }
    }
    return bits;
  }

  /** Signs as components of a vector with norm 1. */
  public static @Nullable List<Float> floats(byte @Nullable [] bits) {
    if (bits == null) {
      return null;
    }
    int dimension = bits.length * Byte.SIZE;
    float component = (float) (1 / Math.sqrt(dimension));
    List<Float> floats = new ArrayList<>(dimension);
    for (int i = 0; i < dimension; i++) {
      boolean set = (bits[i / Byte.SIZE] >> i % Byte.SIZE & 1) == 1;
      floats.add(set ? component : -component);
    }
    return floats;
  }
}
