package io.e5spark.sql.guard;

import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** The conditions under which a part of an expression is reached. */
public final class Guards {
  private static final Expression TRUE = Literal.create(true, DataTypes.BooleanType);
  private static final Expression FALSE = Literal.create(false, DataTypes.BooleanType);

  private Guards() {}

  public static Expression isNotTrue(Expression condition) {
    return new Not(new EqualNullSafe(condition, TRUE));
  }

  public static Expression isNotFalse(Expression condition) {
    return new Not(new EqualNullSafe(condition, FALSE));
  }

  /** Both conditions; one that cannot be computed below the node is left out. */
  public static @Nullable Expression both(@Nullable Expression guard, Expression condition) {
    if (!condition.deterministic() || condition.exists(OpenExpressions::isBound)) {
      return guard;
    }
    // Not AND, which also computes its right side where the left side is null.
    return guard == null ? condition : new If(guard, condition, FALSE);
  }

  /** Either condition. */
  public static Expression either(Expression guard, Expression condition) {
    return implies(condition, guard) ? guard : new Or(guard, condition);
  }

  /** Whether a condition is plainly narrower than another. */
  public static boolean implies(Expression condition, Expression other) {
    if (condition.semanticEquals(other)) {
      return true;
    }
    if (isBoth(other)) {
      return implies(condition, ((If) other).predicate())
          && implies(condition, ((If) other).trueValue());
    }
    boolean toOne =
        other instanceof Or either
            && (implies(condition, either.left()) || implies(condition, either.right()));
    return toOne
        || (isBoth(condition)
            && (implies(((If) condition).predicate(), other)
                || implies(((If) condition).trueValue(), other)));
  }

  private static boolean isBoth(Expression condition) {
    return condition instanceof If choice && FALSE.equals(choice.falseValue());
  }
}
