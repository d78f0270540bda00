package io.e5spark.sql.expression;

import io.e5spark.vector.BinaryForm;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * {@code e5_unpack(vector [, form])}: a {@link BinaryForm binary value} as {@code array<float>}. If
 * the call names no form, it is the one that the column states; there must be one.
 */
public final class E5Unpack extends FormCall {
  private final @Nullable BinaryForm stated;

  /** A call in a query whose columns still say what they hold. */
  public E5Unpack(Seq<Expression> arguments) {
    this(arguments, stated(arguments.head()));
  }

  private E5Unpack(Seq<Expression> arguments, @Nullable BinaryForm stated) {
    super(arguments);
    this.stated = stated;
  }

  private static @Nullable BinaryForm stated(Expression vector) {
    return VectorForm.binary(vector).orElse(null);
  }

  @Override
  @Nullable BinaryForm unnamedForm() {
    return stated == null && isNull(children().head()) ? super.unnamedForm() : stated;
  }

  /** Whether an expression is null in every row, as far as its form shows. */
  public static boolean isNull(Expression vector) {
    if (vector instanceof Cast cast) {
      return isNull(cast.child());
    }
    return (vector instanceof Literal literal && literal.value() == null)
        || (vector.resolved() && vector.dataType() instanceof NullType);
  }

  /**
   * Checks that rows of several forms do not reach a call that names none.
   *
   * @param mixed whether a column holds values of several forms
   * @throws IllegalArgumentException if they do
   */
  public void requireOneForm(Predicate<Expression> mixed) {
    if (!namesForm() && mixed.test(children().head())) {
      throw new IllegalArgumentException(
          "Cannot unpack %s: not all of its rows come from columns of one vector type (unpack each before UNION)"
              .formatted(children().head().sql()));
    }
  }

  /**
   * A vector as an array, unchanged or unpacked; empty if nothing says what a binary value holds,
   * or it does not hold a vector.
   */
  public static Optional<Expression> asArray(Expression vector) {
    if (!(vector.dataType() instanceof BinaryType)) {
      return vector.dataType() instanceof ArrayType && VectorForm.of(vector) != null
          ? Optional.of(vector)
          : Optional.empty();
    }
    return VectorForm.binary(vector)
        .map(form -> Literal.create(form.label(), DataTypes.StringType))
        .map(form -> new E5Unpack(ScalaBridge.seq(List.of(vector, form))));
  }

  /**
   * The components of a vector, called from generated code.
   *
   * @throws IllegalArgumentException if its bytes do not hold whole components
   */
  public static ArrayData unpack(byte[] vector, BinaryForm form) {
    return UnsafeArrayData.fromPrimitiveArray(form.floats(vector));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    // A folded or bound child no longer says it, so the form was recorded before.
    BinaryForm own = stated(children.head());
    return new E5Unpack(children, own == null ? stated : own);
  }

  @Override
  public DataType dataType() {
    return DataTypes.createArrayType(DataTypes.FloatType, false);
  }

  @Override
  String wanted() {
    return "binary";
  }

  @Override
  boolean takes(DataType type) {
    return type.equals(DataTypes.BinaryType);
  }

  @Override
  Object of(Object vector, BinaryForm form) {
    return unpack((byte[]) vector, form);
  }

  @Override
  String source(String vector) {
    return "%s.unpack((byte[]) %s".formatted(E5Unpack.class.getName(), vector);
  }

  @Override
  String javaType() {
    return ArrayData.class.getName();
  }

  @Override
  public String prettyName() {
    return "e5_unpack";
  }
}
