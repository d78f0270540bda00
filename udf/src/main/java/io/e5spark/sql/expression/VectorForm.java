package io.e5spark.sql.expression;

import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.jspecify.annotations.Nullable;

/** The column types that hold vectors. */
enum VectorForm {
  /** {@code array<float>}. */
  FLOATS("ofFloats", ArrayData.class.getName()),
  /** {@code array<tinyint>}: components as whole numbers of one scale. */
  BYTES("ofBytes", ArrayData.class.getName()),
  /** {@code binary}: a bit a component, the lowest first, set where it is not negative. */
  BITS("ofBits", "byte[]");

  private final String product;
  private final String javaType;

  VectorForm(String product, String javaType) {
    this.product = product;
    this.javaType = javaType;
  }

  /** The form of a column; null if it holds no vectors. */
  static @Nullable VectorForm of(DataType type) {
    if (type.equals(DataTypes.BinaryType)) {
      return BITS;
    }
    if (type instanceof ArrayType array) {
      return array.elementType().equals(DataTypes.ByteType)
          ? BYTES
          : array.elementType().equals(DataTypes.FloatType) ? FLOATS : null;
    }
    return type instanceof NullType ? FLOATS : null;
  }

  /** Whether vectors of a column may have null elements, and so no dot product. */
  static boolean mayHoldNull(DataType type) {
    return type instanceof ArrayType array && array.containsNull();
  }

  /** Java source of whether a value has a null element. */
  static String hasNull(Object value) {
    return "%s.hasNull((%s) %s)"
        .formatted(DotProduct.class.getName(), ArrayData.class.getName(), value);
  }

  /** Java source of the dot product of a value with an array of floats. */
  String product(Object value, String floats) {
    return "%s.%s(%s, %s)".formatted(DotProduct.class.getName(), product, cast(value), floats);
  }

  /** Java source of a value as an array of floats. */
  String floats(Object value) {
    return "%s.%s(%s)"
        .formatted(
            DotProduct.class.getName(), name().toLowerCase(java.util.Locale.ROOT), cast(value));
  }

  private String cast(Object value) {
    return "(%s) %s".formatted(javaType, value);
  }

  /** A value as an array of floats. */
  float[] toFloats(Object value) {
    return switch (this) {
      case FLOATS -> DotProduct.floats((ArrayData) value);
      case BYTES -> DotProduct.bytes((ArrayData) value);
      case BITS -> DotProduct.bits((byte[]) value);
    };
  }

  /** The dot product of a value with an array of floats. */
  double dot(Object value, float[] floats) {
    return switch (this) {
      case FLOATS -> DotProduct.ofFloats((ArrayData) value, floats);
      case BYTES -> DotProduct.ofBytes((ArrayData) value, floats);
      case BITS -> DotProduct.ofBits((byte[]) value, floats);
    };
  }
}
