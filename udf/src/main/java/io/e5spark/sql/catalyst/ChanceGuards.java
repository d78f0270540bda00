package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.guard.Guards;
import io.e5spark.sql.guard.OpenExpressions;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that decide whether a call is reached and that are not deterministic, such as {@code
 * rand() < 0.1}. Each is drawn once, in a projection below, for the rows that reach it.
 */
final class ChanceGuards {
  private LogicalPlan child;

  private ChanceGuards(LogicalPlan child) {
    this.child = child;
  }

  /** The node over columns instead of such conditions; the node itself if it has none. */
  static LogicalPlan below(LogicalPlan plan) {
    if (plan.children().size() != 1) {
      return plan;
    }
    LogicalPlan child = plan.children().head();
    ChanceGuards guards = new ChanceGuards(child);
    LogicalPlan drawn = plan.mapExpressions(expression -> guards.drawn(expression, null));
    return guards.child == child ? plan : drawn.withNewChildren(ScalaBridge.seq(guards.child));
  }

  private Expression drawn(Expression expression, @Nullable Expression guard) {
    if (expression.deterministic()
        || expression instanceof E5Embed
        || !GuardedCall.isIn(expression)) {
      return expression;
    }
    List<Expression> parts = new ArrayList<>(ScalaBridge.list(expression.children()));
    for (int i = 0; i < parts.size(); i++) {
      Expression reached = reached(expression, parts, i, guard);
      boolean decides = decides(expression, i, parts.size());
      Expression part = decides ? condition(parts.get(i), reached) : drawn(parts.get(i), reached);
      parts.set(i, part);
      if (decides && !part.deterministic()) {
        break;
      }
    }
    return expression.withNewChildren(ScalaBridge.seq(parts));
  }

  private Expression condition(Expression condition, @Nullable Expression guard) {
    if (GuardedCall.isIn(condition)) {
      return drawn(condition, guard);
    }
    boolean late = guard != null && GuardedCall.isIn(guard);
    if (late || condition.deterministic() || OpenExpressions.isOpen(condition)) {
      return condition;
    }
    Expression none = Literal.create(null, condition.dataType());
    Alias drawn =
        ScalaBridge.alias("drawn", guard == null ? condition : new If(guard, condition, none));
    child = Columns.and(child, drawn);
    return drawn.toAttribute();
  }

  /** Whether the value of a part decides whether later parts are reached. */
  private static boolean decides(Expression expression, int part, int parts) {
    if (expression instanceof CaseWhen) {
      return part % 2 == 0 && part + 1 < parts;
    }
    boolean isChoice =
        expression instanceof If || expression instanceof And || expression instanceof Or;
    return (expression instanceof Coalesce && part + 1 < parts) || (part == 0 && isChoice);
  }

  /** The condition under which a part is reached; null for always. */
  private static @Nullable Expression reached(
      Expression expression, List<Expression> parts, int part, @Nullable Expression guard) {
    Expression reached = guard;
    for (int i = 0; i < part; i++) {
      if (decides(expression, i, parts.size())) {
        reached = Guards.both(reached, goesOn(expression, parts.get(i), part - i));
      }
    }
    return reached;
  }

  /** The condition under which the part at this distance after a condition is reached. */
  private static Expression goesOn(Expression expression, Expression condition, int after) {
    if (expression instanceof Coalesce) {
      return new IsNull(condition);
    }
    if (expression instanceof And) {
      return Guards.isNotFalse(condition);
    }
    boolean chosen = !(expression instanceof Or) && after == 1;
    return chosen ? condition : Guards.isNotTrue(condition);
  }
}
