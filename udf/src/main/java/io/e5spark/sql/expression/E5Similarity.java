package io.e5spark.sql.expression;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * {@code e5_similarity(a, b)}: the dot product of two vectors; null if one is null or has a null
 * element. Whole numbers count as they are, so the score of such a vector must still be multiplied
 * by its scale; signs count as 1 / √dimension. A {@code binary} whose column does not say what it
 * holds is read in the form that gives it the dimension of the other vector.
 */
public final class E5Similarity extends Expression implements Serializable {
  private final Expression left;
  private final Expression right;
  private final @Nullable VectorForm leftForm;
  private final @Nullable VectorForm rightForm;

  /** A call in a query whose columns still say what they hold. */
  public E5Similarity(Expression left, Expression right) {
    this(left, right, VectorForm.of(left), VectorForm.of(right));
  }

  private E5Similarity(
      Expression left,
      Expression right,
      @Nullable VectorForm leftForm,
      @Nullable VectorForm rightForm) {
    this.left = left;
    this.right = right;
    this.leftForm = leftForm;
    this.rightForm = rightForm;
  }

  @Override
  public Seq<Expression> children() {
    return ScalaBridge.seq(List.of(left, right));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new E5Similarity(
        children.apply(0),
        children.apply(1),
        form(children.apply(0), leftForm),
        form(children.apply(1), rightForm));
  }

  /**
   * A folded or bound child no longer says it, so the form was recorded before. A call that was
   * pushed below a UNION has a child that says something else, and is right.
   */
  private static @Nullable VectorForm form(Expression child, @Nullable VectorForm recorded) {
    if (recorded == VectorForm.UNTOLD) {
      return recorded;
    }
    VectorForm own = VectorForm.of(child);
    return own == null || (own == VectorForm.UNTOLD && recorded != null) ? recorded : own;
  }

  /**
   * This call, which does not believe what some columns say they hold.
   *
   * @param mixed whether a column holds values of several forms
   */
  public E5Similarity doubting(Predicate<Expression> mixed) {
    return new E5Similarity(
        left,
        right,
        isDoubtful(left, leftForm, mixed) ? VectorForm.UNTOLD : leftForm,
        isDoubtful(right, rightForm, mixed) ? VectorForm.UNTOLD : rightForm);
  }

  private static boolean isDoubtful(
      Expression child, @Nullable VectorForm form, Predicate<Expression> mixed) {
    return form != null && child.dataType() instanceof BinaryType && mixed.test(child);
  }

  @Override
  public DataType dataType() {
    return DataTypes.DoubleType;
  }

  @Override
  public boolean nullable() {
    return left.nullable() || right.nullable() || mayHoldNull(left) || mayHoldNull(right);
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
    return leftForm != null && rightForm != null
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure(
            "e5_similarity needs two vectors (array<float>, array<tinyint> or binary), got %s and %s"
                .formatted(left.dataType().sql(), right.dataType().sql()));
  }

  private VectorPair forms() {
    return new VectorPair(Objects.requireNonNull(leftForm), Objects.requireNonNull(rightForm));
  }

  private static boolean mayHoldNull(Expression expression) {
    return VectorForm.mayHoldNull(expression.dataType());
  }

  @Override
  public @Nullable Object eval(InternalRow row) {
    Object a = vector(left, row);
    Object b = a == null ? null : vector(right, row);
    return a == null || b == null ? null : (Object) forms().dot(a, b);
  }

  /** What an expression gives; null also for a vector with a null element. */
  private static @Nullable Object vector(Expression expression, InternalRow row) {
    Object value = expression.eval(row);
    return mayHoldNull(expression) && value instanceof ArrayData array && DotProduct.hasNull(array)
        ? null
        : value;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    VectorPair forms = forms();
    if (right.foldable() && forms.right() != VectorForm.UNTOLD) {
      Object constant = vector(right, InternalRow.empty());
      return new SimilarityCode(context, code)
          .withConstant(left, forms.left(), constant, forms.right());
    }
    if (left.foldable() && forms.left() != VectorForm.UNTOLD) {
      Object constant = vector(left, InternalRow.empty());
      return new SimilarityCode(context, code)
          .withConstant(right, forms.right(), constant, forms.left());
    }
    return new SimilarityCode(context, code).ofTwo(left, right, forms);
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
    return other instanceof E5Similarity that
        && left.equals(that.left)
        && right.equals(that.right)
        && leftForm == that.leftForm
        && rightForm == that.rightForm;
  }

  @Override
  public int hashCode() {
    return Objects.hash(left, right, leftForm, rightForm);
  }
}
