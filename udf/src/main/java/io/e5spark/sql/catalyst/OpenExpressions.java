package io.e5spark.sql.catalyst;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import scala.runtime.BoxedUnit;

/** Expressions that mean something only where they stand. */
final class OpenExpressions {
  private OpenExpressions() {}

  /** Whether an expression needs what its surroundings define; a whole lambda function does not. */
  static boolean isOpen(Expression expression) {
    Set<ExprId> defined = new HashSet<>();
    expression.foreach(
        part -> {
          if (part instanceof LambdaFunction function) {
            ScalaBridge.list(function.arguments()).forEach(one -> defined.add(one.exprId()));
          }
          return BoxedUnit.UNIT;
        });
    return expression.exists(part -> isOpen(part, defined));
  }

  private static boolean isOpen(Expression part, Set<ExprId> defined) {
    return part instanceof NamedLambdaVariable variable && !defined.contains(variable.exprId())
        || part instanceof OuterReference
        || part instanceof AggregateExpression
        || part instanceof WindowExpression;
  }
}
