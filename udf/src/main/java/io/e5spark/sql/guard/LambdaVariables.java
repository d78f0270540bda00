package io.e5spark.sql.guard;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.ArrayAggregate;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.HigherOrderFunction;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * The variables that lambda functions such as {@code x -> x + 1} bind, and the conditions under
 * which their bodies are evaluated.
 */
public final class LambdaVariables {
  private static final Expression ZERO = Literal.create(0, DataTypes.IntegerType);

  private LambdaVariables() {}

  /** Whether an expression needs a variable that no lambda function in it binds. */
  public static boolean areFree(Expression expression) {
    Set<ExprId> bound = new HashSet<>();
    Set<ExprId> used = new HashSet<>();
    expression.foreach(
        node -> {
          if (node instanceof LambdaFunction lambda) {
            for (NamedExpression variable : ScalaBridge.list(lambda.arguments())) {
              bound.add(variable.exprId());
            }
          } else if (node instanceof NamedLambdaVariable variable) {
            used.add(variable.exprId());
          }
          return BoxedUnit.UNIT;
        });
    return !bound.containsAll(used);
  }

  /**
   * A condition without which none of its functions is evaluated: that an array or map has
   * elements; null if there is none.
   */
  public static @Nullable Expression hasElements(HigherOrderFunction function) {
    if (function instanceof ArrayAggregate) {
      return null;
    }
    return ScalaBridge.list(function.arguments()).stream()
        .filter(LambdaVariables::isCollection)
        .<Expression>map(argument -> new GreaterThan(new Size(argument, false), ZERO))
        .reduce(Or::new)
        .orElse(null);
  }

  private static boolean isCollection(Expression argument) {
    return argument.dataType() instanceof ArrayType || argument.dataType() instanceof MapType;
  }
}
