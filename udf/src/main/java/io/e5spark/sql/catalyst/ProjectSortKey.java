package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Similarity;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.optimizer.CollapseProject$;
import org.apache.spark.sql.catalyst.optimizer.ColumnPruning$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

/**
 * Computes a similarity that orders rows once per row, in a projection below the sort. Spark
 * computes a sort key again in every comparison, and carries the vectors along for it.
 */
public final class ProjectSortKey extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    LogicalPlan rewritten = plan.transformUp(ScalaBridge.rewrite(ProjectSortKey::rewrite));
    return rewritten.fastEquals(plan) ? plan : pruned(rewritten);
  }

  private static LogicalPlan rewrite(LogicalPlan plan) {
    if (!(plan instanceof Sort sort)) {
      return plan;
    }
    List<NamedExpression> keys = new ArrayList<>();
    Seq<SortOrder> order = ScalaBridge.map(sort.order(), one -> keyed(one, keys));
    if (keys.isEmpty()) {
      return plan;
    }
    List<NamedExpression> columns = new ArrayList<>(ScalaBridge.list(sort.child().output()));
    columns.addAll(keys);
    LogicalPlan child = new Project(ScalaBridge.seq(columns), sort.child());
    LogicalPlan sorted = ScalaBridge.with(sort.withNewChildren(ScalaBridge.seq(child)), 0, order);
    return new Project(
        ScalaBridge.map(sort.output(), attribute -> (NamedExpression) attribute), sorted);
  }

  private static SortOrder keyed(SortOrder order, List<NamedExpression> keys) {
    Expression key = order.child();
    if (!key.deterministic() || !key.exists(E5Similarity.class::isInstance)) {
      return order;
    }
    Alias alias = ScalaBridge.alias("sort_key", key);
    keys.add(alias);
    return (SortOrder) order.withNewChildren(ScalaBridge.seq(List.of(alias.toAttribute())));
  }

  /** The rows without the columns that only the keys needed. */
  private static LogicalPlan pruned(LogicalPlan plan) {
    LogicalPlan pruned =
        CollapseProject$.MODULE$.apply(
            ColumnPruning$.MODULE$.apply(CollapseProject$.MODULE$.apply(plan)));
    return pruned.fastEquals(plan) ? plan : pruned(pruned);
  }
}
