package io.e5spark.sql.catalyst;

import io.e5spark.sql.guard.OrderedConditions;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.InnerLike;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Option;

/**
 * One side of a join.
 *
 * @param join the join
 * @param isLeft whether it is the left side
 */
record JoinSide(Join join, boolean isLeft) {
  private static final long SMALL = 10L << 20;

  static List<JoinSide> of(Join join) {
    return List.of(new JoinSide(join, true), new JoinSide(join, false));
  }

  LogicalPlan plan() {
    return isLeft ? join.left() : join.right();
  }

  LogicalPlan other() {
    return isLeft ? join.right() : join.left();
  }

  boolean isInner() {
    return join.joinType() instanceof InnerLike;
  }

  /**
   * Whether each row of the side comes out, once for each row that it meets, or once on its own.
   */
  boolean keepsAll() {
    return join.joinType() == (isLeft ? LeftOuter$.MODULE$ : RightOuter$.MODULE$);
  }

  /** Whether rows of the other side come out without a row of this side, with nulls instead. */
  boolean isOptional() {
    return new JoinSide(join, !isLeft).keepsAll();
  }

  boolean has(Expression expression) {
    return expression.references().subsetOf(plan().outputSet());
  }

  /** The conditions of the join. */
  OrderedConditions conditions() {
    Option<Expression> condition = join.condition();
    return condition.isEmpty() ? OrderedConditions.none() : OrderedConditions.of(condition.get());
  }

  /** Whether rows meet by keys, so Spark need not try every pair. */
  boolean hasKey(List<Expression> conditions) {
    return conditions.stream().anyMatch(this::isKey);
  }

  private boolean isKey(Expression condition) {
    return (condition instanceof EqualTo || condition instanceof EqualNullSafe) && pairs(condition);
  }

  /** Whether a condition compares a value of one side with a value of the other. */
  boolean pairs(Expression comparison) {
    return pairs(comparison.children().apply(0), comparison.children().apply(1));
  }

  private boolean pairs(Expression a, Expression b) {
    JoinSide across = new JoinSide(join, !isLeft);
    return (has(a) && across.has(b) && !across.has(a) && !has(b))
        || (has(b) && across.has(a) && !across.has(b) && !has(a));
  }

  /** Whether Spark would send the rows of a side to every task instead of splitting them. */
  boolean isSmall() {
    long limit = plan().conf().autoBroadcastJoinThreshold();
    return limit >= 0 && plan().stats().sizeInBytes().$less$eq(scala.math.BigInt.apply(limit));
  }

  /** Whether every task can hold the rows of the side, whatever Spark would do. */
  boolean isHeld() {
    return isSmall() || plan().stats().sizeInBytes().$less$eq(scala.math.BigInt.apply(SMALL));
  }
}
