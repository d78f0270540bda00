package io.e5spark.sql;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** {@code e5_similarity(a, b)}: the dot product of two vectors, null for null. */
public final class E5Similarity extends Expression implements Serializable {
  private final Expression left;
  private final Expression right;

  public E5Similarity(Expression left, Expression right) {
    this.left = left;
    this.right = right;
  }

  @Override
  public Seq<Expression> children() {
    return Scala.seq(List.of(left, right));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new E5Similarity(children.apply(0), children.apply(1));
  }

  @Override
  public DataType dataType() {
    return DataTypes.DoubleType;
  }

  @Override
  public boolean nullable() {
    return left.nullable() || right.nullable();
  }

  @Override
  public boolean foldable() {
    return left.foldable() && right.foldable();
  }

  // Spark 3.5 has no such method to override.
  @SuppressWarnings("MissingOverride")
  public boolean nullIntolerant() {
    return true;
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return isVector(left) && isVector(right)
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure(
            "e5_similarity needs two arrays of floats, got %s and %s"
                .formatted(left.dataType().sql(), right.dataType().sql()));
  }

  private static boolean isVector(Expression expression) {
    DataType type = expression.dataType();
    return type instanceof NullType
        || (type instanceof ArrayType array && array.elementType().equals(DataTypes.FloatType));
  }

  @Override
  public @Nullable Object eval(InternalRow row) {
    ArrayData a = (ArrayData) left.eval(row);
    ArrayData b = (ArrayData) right.eval(row);
    return a == null || b == null ? null : (Object) DotProduct.of(a, b);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    if (right.foldable()) {
      return withConstant(context, code, left, right);
    }
    return left.foldable()
        ? withConstant(context, code, right, left)
        : withTwoVectors(context, code);
  }

  /** The query's vector is the same in every row: it is unpacked once. */
  private static ExprCode withConstant(
      CodegenContext context, ExprCode code, Expression varying, Expression constant) {
    ArrayData vector = (ArrayData) constant.eval(InternalRow.empty());
    ExprCode a = varying.genCode(context);
    if (vector == null) {
      return generated(code, a.code(), "true", "0.0");
    }
    String b = context.addReferenceObj("vector", vector.toFloatArray(), "float[]");
    return generated(code, a.code(), a.isNull(), dotProduct(a, b));
  }

  private ExprCode withTwoVectors(CodegenContext context, ExprCode code) {
    ExprCode a = left.genCode(context);
    ExprCode b = right.genCode(context);
    return generated(
        code,
        a.code().$plus(b.code()),
        a.isNull() + " || " + b.isNull(),
        dotProduct(a, "(%s) %s".formatted(ArrayData.class.getName(), b.value())));
  }

  private static String dotProduct(ExprCode a, String b) {
    return "%s.of((%s) %s, %s)"
        .formatted(DotProduct.class.getName(), ArrayData.class.getName(), a.value(), b);
  }

  private static ExprCode generated(ExprCode code, Block before, Object isNull, String value) {
    String source =
        """

        boolean %1$s = %3$s;
        double %2$s = %1$s ? 0.0 : %4$s;
        """
            .formatted(code.isNull(), code.value(), isNull, value);
    CodeBlock own = new CodeBlock(Scala.seq(source), Scala.seq(List.of()));
    return code.copy(before.$plus(own), code.isNull(), code.value());
  }

  @Override
  public String prettyName() {
    return "e5_similarity";
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof E5Similarity;
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> left;
      case 1 -> right;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof E5Similarity that && left.equals(that.left) && right.equals(that.right);
  }

  @Override
  public int hashCode() {
    return Objects.hash(left, right);
  }
}
