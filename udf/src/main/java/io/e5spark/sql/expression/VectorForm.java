package io.e5spark.sql.expression;

import io.e5spark.vector.BinaryForm;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NullType;
import org.jspecify.annotations.Nullable;

/** How the values of a column hold vectors. */
enum VectorForm {
  /** {@code array<float>}. */
  FLOATS(DotProduct.class, "ofFloats", "floats", ArrayData.class.getName()),
  /** {@code array<tinyint>}: components as whole numbers with one scale. */
  BYTES(DotProduct.class, "ofBytes", "bytes", ArrayData.class.getName()),
  /** {@link BinaryForm#PACKED}. */
  PACKED(BinaryProduct.class, "ofPacked", "packed", "byte[]"),
  /** {@link BinaryForm#HALF}. */
  HALVES(BinaryProduct.class, "ofHalves", "halves", "byte[]"),
  /** {@link BinaryForm#BINARY}. */
  SIGNS(BinaryProduct.class, "ofSigns", "signs", "byte[]"),
  /** {@code binary} in one of these forms; the dimension decides in which. */
  UNTOLD(BinaryProduct.class, "ofUntold", "", "byte[]");

  private final Class<?> products;
  private final String product;
  private final String floats;
  private final String javaType;

  VectorForm(Class<?> products, String product, String floats, String javaType) {
    this.products = products;
    this.product = product;
    this.floats = floats;
    this.javaType = javaType;
  }

  /** The form of the values of an expression; null if they are not vectors, or not resolved yet. */
  static @Nullable VectorForm of(Expression expression) {
    VectorForm form = expression.resolved() ? of(expression.dataType()) : null;
    return form == UNTOLD ? told(expression) : form;
  }

  /** The form of a type; {@link #UNTOLD} for {@code binary}; null if it does not hold vectors. */
  static @Nullable VectorForm of(DataType type) {
    if (type.equals(DataTypes.BinaryType)) {
      return UNTOLD;
    }
    if (type instanceof ArrayType array) {
      return array.elementType().equals(DataTypes.ByteType)
          ? BYTES
          : array.elementType().equals(DataTypes.FloatType) ? FLOATS : null;
    }
    return type instanceof NullType ? FLOATS : null;
  }

  private static VectorForm told(Expression expression) {
    return binary(expression).map(VectorForm::of).orElse(UNTOLD);
  }

  /** What binary values hold, as the metadata of a vector table's column says. */
  static Optional<BinaryForm> binary(Expression expression) {
    if (!expression.resolved()) {
      return Optional.empty();
    }
    if (expression instanceof E5Pack pack) {
      return Optional.of(pack.form());
    }
    Metadata metadata =
        expression instanceof NamedExpression named ? named.metadata() : Metadata.empty();
    return metadata.contains(BinaryForm.METADATA)
        ? Optional.ofNullable(BinaryForm.named(metadata.getString(BinaryForm.METADATA)))
        : Optional.empty();
  }

  private static VectorForm of(BinaryForm form) {
    return switch (form) {
      case PACKED -> PACKED;
      case HALF -> HALVES;
      case BINARY -> SIGNS;
    };
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
    return "%s.%s(%s, %s)".formatted(products.getName(), product, cast(value), floats);
  }

  /** Java source of a value as an array of floats, for every form but {@link #UNTOLD}. */
  String floats(Object value) {
    return "%s.%s(%s)".formatted(products.getName(), floats, cast(value));
  }

  /** Java source of a value with its type. */
  String cast(Object value) {
    return "(%s) %s".formatted(javaType, value);
  }

  /** A value as an array of floats, for every form but {@link #UNTOLD}. */
  float[] toFloats(Object value) {
    return switch (this) {
      case FLOATS -> DotProduct.floats((ArrayData) value);
      case BYTES -> DotProduct.bytes((ArrayData) value);
      case PACKED -> BinaryProduct.packed((byte[]) value);
      case HALVES -> BinaryProduct.halves((byte[]) value);
      case SIGNS -> BinaryProduct.signs((byte[]) value);
      case UNTOLD -> throw new IllegalStateException("Cannot unpack a vector: its form is untold");
    };
  }

  /** The dot product of a value with an array of floats. */
  double dot(Object value, float[] floats) {
    return switch (this) {
      case FLOATS -> DotProduct.ofFloats((ArrayData) value, floats);
      case BYTES -> DotProduct.ofBytes((ArrayData) value, floats);
      case PACKED -> BinaryProduct.ofPacked((byte[]) value, floats);
      case HALVES -> BinaryProduct.ofHalves((byte[]) value, floats);
      case SIGNS -> BinaryProduct.ofSigns((byte[]) value, floats);
      case UNTOLD -> BinaryProduct.ofUntold((byte[]) value, floats);
    };
  }
}
