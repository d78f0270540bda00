package io.e5spark.sql.expression;

import io.e5spark.vector.BinaryForm;
import io.e5spark.vector.HalfFloat;
import io.e5spark.vector.VectorEncoding;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.unsafe.Platform;
import org.jspecify.annotations.Nullable;

/**
 * The dot product of vectors in {@link BinaryForm binary values}, called from generated code. All
 * methods throw {@link IllegalArgumentException} if the dimensions of the vectors differ.
 */
public final class BinaryProduct {
  private static final boolean IN_PLACE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final int LANES = 4;

  private BinaryProduct() {}

  /** The product of packed floats, which are added up like those of arrays. */
  public static double ofPacked(byte[] a, float[] b) {
    DotProduct.requireSame(BinaryForm.PACKED.dimension(a.length), b.length);
    return IN_PLACE
        ? DotProduct.sum(a, Platform.BYTE_ARRAY_OFFSET, b)
        : DotProduct.sum(BinaryForm.PACKED.floats(a), Platform.FLOAT_ARRAY_OFFSET, b);
  }

  /** The product of floats of half precision. */
  public static double ofHalves(byte[] a, float[] b) {
    DotProduct.requireSame(BinaryForm.HALF.dimension(a.length), b.length);
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int whole = b.length / LANES * LANES;
    for (int i = 0; i < whole; i += LANES) {
      s0 += HalfFloat.at(a, i) * b[i];
      s1 += HalfFloat.at(a, i + 1) * b[i + 1];
      s2 += HalfFloat.at(a, i + 2) * b[i + 2];
      s3 += HalfFloat.at(a, i + 3) * b[i + 3];
    }
    double sum = (double) s0 + s1 + s2 + s3;
    for (int i = whole; i < b.length; i++) {
      sum += (double) HalfFloat.at(a, i) * b[i];
    }
    return sum;
  }

  /** The product of signs, each of which counts as 1 / √dimension, so the norm is 1. */
  public static double ofSigns(byte[] a, float[] b) {
    DotProduct.requireSame(VectorEncoding.dimensionOfSigns(a), b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      float part = 0;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        float component = b[i * Byte.SIZE + bit];
        part += VectorEncoding.isSet(a[i], bit) ? component : -component;
      }
      sum += part;
    }
    return sum / Math.sqrt(b.length);
  }

  /** Packed floats as an array. */
  public static float[] packed(byte[] vector) {
    return BinaryForm.PACKED.floats(vector);
  }

  /** Floats of half precision as an array. */
  public static float[] halves(byte[] vector) {
    return BinaryForm.HALF.floats(vector);
  }

  /** Signs as floats, with norm 1. */
  public static float[] signs(byte[] vector) {
    return BinaryForm.BINARY.floats(vector);
  }

  /** The product with a value whose form follows from the dimension of the other vector. */
  public static double ofUntold(byte[] a, float[] b) {
    BinaryForm form = BinaryForm.of(a.length, b.length);
    if (form == null) {
      throw other(a.length, b.length);
    }
    return of(a, form, b);
  }

  private static double of(byte[] a, BinaryForm form, float[] b) {
    return switch (form) {
      case PACKED -> ofPacked(a, b);
      case HALF -> ofHalves(a, b);
      case BINARY -> ofSigns(a, b);
    };
  }

  /**
   * The product of two values whose forms follow from having one dimension.
   *
   * @throws IllegalArgumentException if several forms are possible, because both values have one
   *     length
   */
  public static double ofUntold(byte[] a, byte[] b) {
    BinaryForm formOfB = a.length == b.length ? onlyForm(a.length) : formBeside(a.length, b.length);
    if (formOfB == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot compare binary values of %,d and %,d bytes: no form of vectors gives both the same dimension",
              a.length,
              b.length));
    }
    return ofUntold(a, formOfB.floats(b));
  }

  private static BinaryForm onlyForm(int bytes) {
    if (BinaryForm.HALF.divides(bytes)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot compare two binary values of %,d bytes: they may be packed, half or binary vectors (name the type of one of them, for example e5_unpack(vector, 'packed'))",
              bytes));
    }
    return BinaryForm.BINARY;
  }

  /** The form of a value that gives it the same dimension as another value of another length. */
  private static @Nullable BinaryForm formBeside(int other, int bytes) {
    return Stream.of(BinaryForm.values())
        .filter(form -> form.divides(bytes))
        .filter(form -> BinaryForm.of(other, form.dimension(bytes)) != null)
        .findFirst()
        .orElse(null);
  }

  private static IllegalArgumentException other(int bytes, int dimension) {
    String dimensions =
        Stream.of(BinaryForm.values())
            .filter(form -> form.divides(bytes))
            .map(form -> Integer.toString(form.dimension(bytes)))
            .collect(Collectors.joining(" or "));
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT, "Cannot compare vectors of %s and %d dimensions", dimensions, dimension));
  }
}
