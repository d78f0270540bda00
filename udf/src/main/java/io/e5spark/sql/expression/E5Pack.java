package io.e5spark.sql.expression;

import io.e5spark.vector.BinaryForm;
import java.util.Locale;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * {@code e5_pack(vector [, form])}: an {@code array<float>} as one {@link BinaryForm binary value}.
 */
public final class E5Pack extends FormCall {
  public E5Pack(Seq<Expression> arguments) {
    super(arguments);
  }

  /**
   * A vector in a form, called from generated code.
   *
   * @throws IllegalArgumentException if the vector has a null element, or the form cannot hold it
   */
  public static byte[] pack(ArrayData vector, BinaryForm form) {
    if (DotProduct.hasNull(vector)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot pack a vector: its element %d of %d is null",
              firstNull(vector),
              vector.numElements()));
    }
    return form.bytes(vector.toFloatArray());
  }

  /** The position of the first null element, from 1. */
  private static int firstNull(ArrayData vector) {
    int position = 0;
    while (!vector.isNullAt(position)) {
      position++;
    }
    return position + 1;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new E5Pack(children);
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  String wanted() {
    return "array<float>";
  }

  @Override
  boolean takes(DataType type) {
    return type instanceof ArrayType array && array.elementType().equals(DataTypes.FloatType);
  }

  @Override
  Object of(Object vector, BinaryForm form) {
    return pack((ArrayData) vector, form);
  }

  @Override
  String source(String vector) {
    return "%s.pack((%s) %s".formatted(E5Pack.class.getName(), ArrayData.class.getName(), vector);
  }

  @Override
  String javaType() {
    return "byte[]";
  }

  @Override
  public String prettyName() {
    return "e5_pack";
  }
}
