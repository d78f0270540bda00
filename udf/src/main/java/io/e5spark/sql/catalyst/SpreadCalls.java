package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.Conjuncts;
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.guard.OrderedConditions;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;

/**
 * Moves calls above a repartition into a number of partitions, which spreads them over as many
 * tasks. A repartition into one partition, or into a number that Spark chooses, gathers results, so
 * calls stay below it.
 */
final class SpreadCalls {
  private SpreadCalls() {}

  /** Works like {@link PullUpCalls}, also above repartitions. */
  static LogicalPlan rewrite(LogicalPlan plan) {
    return plan instanceof RepartitionOperation spread ? above(spread) : PullUpCalls.rewrite(plan);
  }

  private static LogicalPlan above(RepartitionOperation spread) {
    if (!spreads(spread)) {
      return spread;
    }
    if (spread.child() instanceof Project project) {
      return aboveProject(spread, project);
    }
    return spread.child() instanceof Filter filter ? aboveFilter(spread, filter) : spread;
  }

  private static boolean spreads(RepartitionOperation spread) {
    boolean asked =
        spread instanceof Repartition
            || (spread instanceof RepartitionByExpression keyed
                && keyed.optNumPartitions().isDefined());
    return asked && spread.shuffle() && spread.numPartitions() > 1;
  }

  private static LogicalPlan aboveProject(RepartitionOperation spread, Project project) {
    boolean filtersByCalls =
        project.child() instanceof Filter filter && GuardedCall.isIn(filter.condition());
    boolean plain =
        ScalaBridge.list(project.projectList()).stream()
            .map(Expression.class::cast)
            .allMatch(one -> one.deterministic() && !GuardedCall.isIn(one));
    if (plain && filtersByCalls && spread.references().subsetOf(project.child().outputSet())) {
      LogicalPlan moved = spread.withNewChildren(ScalaBridge.seq(project.child()));
      return new Project(project.projectList(), rewrite(moved));
    }
    return plain ? spread : PullUpCalls.aboveColumns(spread, project);
  }

  private static LogicalPlan aboveFilter(RepartitionOperation spread, Filter filter) {
    OrderedConditions conditions = OrderedConditions.of(filter.condition());
    if (conditions.others().isEmpty()
        || !conditions.others().stream().allMatch(Expression::deterministic)) {
      return spread;
    }
    LogicalPlan moved =
        spread.withNewChildren(ScalaBridge.seq(conditions.cheapBelow(filter.child())));
    return new Filter(Conjuncts.all(conditions.others()), rewrite(moved));
  }
}
