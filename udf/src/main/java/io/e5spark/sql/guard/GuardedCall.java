package io.e5spark.sql.guard;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.jspecify.annotations.Nullable;

/**
 * A call and when it is reached.
 *
 * @param call as it stands in the plan
 * @param guard when it is reached; null for always
 */
public record GuardedCall(E5Embed call, @Nullable Expression guard) {
  /** The call to compute for every row. */
  public E5Embed lifted() {
    Expression text = call.text();
    return guard == null
        ? call.withText(text)
        : call.withText(new If(guard, text, Literal.create(null, text.dataType())));
  }

  /** Where another condition holds as well. */
  public GuardedCall where(Expression condition) {
    return new GuardedCall(call, Guards.both(guard, condition));
  }

  /** Where either condition holds; the other may hold the call itself, as in {@code c AND c}. */
  public GuardedCall or(@Nullable Expression other) {
    if (guard == null || other == null) {
      return new GuardedCall(call, null);
    }
    return new GuardedCall(call, Guards.either(guard, withoutCall(other)));
  }

  /** The condition for rows where nothing before has reached the call, and so it does not. */
  private Expression withoutCall(Expression condition) {
    return condition.transformDown(
        ScalaBridge.rewrite(
            node ->
                node instanceof E5Embed && node.exists(call::semanticEquals)
                    ? Literal.create(null, node.dataType())
                    : node));
  }

  /** Whether other calls come first, or it cannot be said below a node when it is reached. */
  public boolean waits() {
    return guard != null && (isIn(guard) || LambdaVariables.areFree(guard));
  }

  /** When the call is reached under conditions without calls; null where that cannot be said. */
  public @Nullable Expression early() {
    return guard == null ? null : withoutCalls(guard);
  }

  private static @Nullable Expression withoutCalls(Expression guard) {
    if (!isIn(guard)) {
      return LambdaVariables.areFree(guard) ? null : guard;
    }
    if (!(guard instanceof Or alternatives)) {
      return null;
    }
    Expression left = withoutCalls(alternatives.left());
    Expression right = withoutCalls(alternatives.right());
    return left == null || right == null ? (left == null ? right : left) : new Or(left, right);
  }

  /** Whether an expression holds calls. */
  public static boolean isIn(Expression expression) {
    return expression.exists(node -> node instanceof E5Embed call && !call.foldable());
  }

  /** Whether another expression holds all the calls that one does. */
  public static boolean areAllIn(Expression expression, Expression other) {
    return !expression.exists(
        node -> node instanceof E5Embed && !other.exists(one -> one.semanticEquals(node)));
  }
}
