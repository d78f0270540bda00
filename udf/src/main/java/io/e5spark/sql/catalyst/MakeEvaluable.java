package io.e5spark.sql.catalyst;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Lets calls be evaluated again, except where all rows are local; see {@link UnevaluableEmbed}. */
public final class MakeEvaluable extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    boolean local =
        ScalaBridge.list(plan.collectLeaves()).stream().allMatch(LocalRelation.class::isInstance);
    return local ? plan : everywhere(plan);
  }

  static LogicalPlan everywhere(LogicalPlan plan) {
    return plan.transformAllExpressions(ScalaBridge.rewrite(MakeEvaluable::unmark));
  }

  static Expression unmark(Expression expression) {
    return expression instanceof UnevaluableEmbed marked ? marked.unmarked() : expression;
  }
}
