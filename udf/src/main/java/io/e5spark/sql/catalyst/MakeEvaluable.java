package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.UnevaluableEmbed;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Makes calls evaluable again, except in nodes over local rows; see {@link UnevaluableEmbed}. Spark
 * may have moved evaluable calls there, which are marked again.
 */
public final class MakeEvaluable extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.transformUp(
        ScalaBridge.rewrite(
            node ->
                node.transformExpressions(
                    ScalaBridge.rewrite(
                        standsOnLocalRows(node) ? MakeEvaluable::mark : MakeEvaluable::unmark))));
  }

  private static boolean standsOnLocalRows(LogicalPlan plan) {
    return plan instanceof UnaryNode unary
        ? standsOnLocalRows(unary.child())
        : plan instanceof LocalRelation;
  }

  static LogicalPlan everywhere(LogicalPlan plan) {
    return plan.transformAllExpressions(ScalaBridge.rewrite(MakeEvaluable::unmark));
  }

  static Expression unmark(Expression expression) {
    return expression instanceof UnevaluableEmbed marked ? marked.unmarked() : expression;
  }

  private static Expression mark(Expression expression) {
    return expression instanceof E5Embed call && !(call instanceof UnevaluableEmbed)
        ? UnevaluableEmbed.of(call)
        : expression;
  }
}
