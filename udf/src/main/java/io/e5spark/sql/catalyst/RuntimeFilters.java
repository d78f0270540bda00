package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.GuardedCalls;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.BloomFilterMightContain;
import org.apache.spark.sql.catalyst.expressions.DynamicPruningSubquery;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * Filters that Spark makes from one side of a join for the other, with a copy of the plan of that
 * side.
 */
final class RuntimeFilters {
  private RuntimeFilters() {}

  /** The plan without the Bloom filters that would compute calls a second time. */
  static LogicalPlan withoutCalls(LogicalPlan plan) {
    return plan.transformAllExpressions(ScalaBridge.rewrite(RuntimeFilters::withoutCalls));
  }

  private static Expression withoutCalls(Expression expression) {
    return expression instanceof BloomFilterMightContain filter
            && filter.left() instanceof ScalarSubquery subquery
            && GuardedCalls.areIn(subquery.plan())
        ? Literal.create(true, DataTypes.BooleanType)
        : expression;
  }

  /**
   * The plan with the copies of its own dimensions rewritten like the originals; otherwise Spark
   * shares nothing.
   */
  static LogicalPlan alike(LogicalPlan plan, UnaryOperator<LogicalPlan> rewriting) {
    return plan.transformAllExpressions(
        ScalaBridge.rewrite(
            expression ->
                expression instanceof DynamicPruningSubquery pruning
                    ? pruning.withNewPlan(rewriting.apply(pruning.plan()))
                    : expression));
  }
}
