package io.e5spark.sql.guard;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/** Expressions that have a meaning only in their place. */
public final class OpenExpressions {
  private OpenExpressions() {}

  /**
   * Whether an expression needs what its surroundings define; a complete lambda function does not.
   */
  public static boolean isOpen(Expression expression) {
    return LambdaVariables.areFree(expression) || expression.exists(OpenExpressions::isBound);
  }

  /** Whether a part is bound to its node. */
  public static boolean isBound(Expression part) {
    return part instanceof OuterReference
        || part instanceof AggregateExpression
        || part instanceof WindowExpression;
  }
}
