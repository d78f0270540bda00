package io.e5spark.sql;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Lets calls be evaluated again, except where all rows are local; see {@link E5EmbedMarked}. */
public final class UnmarkCalls extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    boolean local =
        Scala.list(plan.collectLeaves()).stream().allMatch(LocalRelation.class::isInstance);
    return local ? plan : everywhere(plan);
  }

  static LogicalPlan everywhere(LogicalPlan plan) {
    return plan.transformAllExpressions(Scala.rewrite(UnmarkCalls::unmark));
  }

  static Expression unmark(Expression expression) {
    return expression instanceof E5EmbedMarked marked ? marked.unmarked() : expression;
  }
}
