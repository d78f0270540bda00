package io.e5spark.sql.guard;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.jspecify.annotations.Nullable;

/**
 * A call and the condition under which it is reached.
 *
 * @param call the call as it is in the plan
 * @param guard the condition; null for always
 */
public record GuardedCall(E5Embed call, @Nullable Expression guard) {
  /** The call to compute for every row. */
  public E5Embed lifted() {
    Expression text = call.text();
    return guard == null
        ? call.withText(text)
        : call.withText(new If(guard, text, Literal.create(null, text.dataType())));
  }

  /** The call where another condition holds as well. */
  public GuardedCall where(Expression condition) {
    return new GuardedCall(call, Guards.both(guard, condition));
  }

  /**
   * The call where either condition holds; the other condition may contain the call itself, as in
   * {@code c AND c}.
   */
  public GuardedCall or(@Nullable Expression other) {
    if (guard == null || other == null) {
      return new GuardedCall(call, null);
    }
    return new GuardedCall(call, Guards.either(guard, withoutCall(other)));
  }

  /**
   * The condition for rows that have not reached the call before, which therefore does not contain
   * it.
   */
  private Expression withoutCall(Expression condition) {
    return condition.transformDown(
        ScalaBridge.rewrite(
            node ->
                node instanceof E5Embed && node.exists(call::semanticEquals)
                    ? Literal.create(null, node.dataType())
                    : node));
  }

  /** Whether other calls come first, or a node below cannot decide when the call is reached. */
  public boolean waits() {
    return guard != null && (isIn(guard) || LambdaVariables.areFree(guard));
  }

  /** The part of the condition that needs no calls; null if it cannot be separated. */
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

  /** Whether an expression contains calls. */
  public static boolean isIn(Expression expression) {
    return expression.exists(node -> node instanceof E5Embed call && !call.foldable());
  }

  /** Whether another expression contains all calls of this one. */
  public static boolean areAllIn(Expression expression, Expression other) {
    return !expression.exists(
        node -> node instanceof E5Embed && !other.exists(one -> one.semanticEquals(node)));
  }
}
