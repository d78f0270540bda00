package io.e5spark.sql.guard;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/** Expressions that mean something only where they stand. */
public final class OpenExpressions {
  private OpenExpressions() {}

  /** Whether an expression needs what its surroundings define; a whole lambda function does not. */
  public static boolean isOpen(Expression expression) {
    return LambdaVariables.areFree(expression) || expression.exists(OpenExpressions::isBound);
  }

  /** Whether a part is bound to the node that it stands in. */
  public static boolean isBound(Expression part) {
    return part instanceof OuterReference
        || part instanceof AggregateExpression
        || part instanceof WindowExpression;
  }
}
