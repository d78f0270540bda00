package io.e5spark.sql.table;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.VectorJoin;
import io.e5spark.sql.node.VectorSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

/**
 * Turns Spark's {@code NEAREST BY} by a dot product, which would become a cross join, into a {@link
 * VectorJoin}. It runs as soon as a query is resolved, because Spark replaces the join before any
 * rule of the optimizer. The class name in {@code spark.sql.optimizer.excludedRules} switches it
 * off.
 */
public final class RewriteNearestBy extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return isExcluded()
        ? plan
        : plan.resolveOperatorsUp(ScalaBridge.rewrite(RewriteNearestBy::rewritten));
  }

  private boolean isExcluded() {
    return conf().optimizerExcludedRules().exists(rules -> rules.contains(ruleName()));
  }

  private static LogicalPlan rewritten(LogicalPlan node) {
    Optional<NearestBy> join = NearestBy.of(node).filter(one -> node.resolved() && one.isPlain());
    return join.flatMap(
            one -> DotRanking.of(one).map(ranking -> rewritten(one, ranking, node.output())))
        .orElse(node);
  }

  private static LogicalPlan rewritten(NearestBy join, DotRanking ranking, Seq<Attribute> output) {
    SearchedTable queries = side(join.left(), ranking.left());
    SearchedTable rows = side(join.right(), ranking.right());
    return FoundPlans.joined(
        join.match(),
        columns(rows),
        columns(queries),
        List.of(rows.plan(), queries.plan()),
        ScalaBridge.list(output));
  }

  /** A side with its vector as its last column. */
  private static SearchedTable side(LogicalPlan plan, Expression vector) {
    List<NamedExpression> columns = new ArrayList<>(ScalaBridge.list(plan.output()));
    NamedExpression last = ScalaBridge.alias("vector", vector);
    columns.add(last);
    LogicalPlan side = new Project(ScalaBridge.seq(columns), plan);
    return new SearchedTable(
        "NEAREST BY", side, Optional.empty(), Optional.empty(), last.toAttribute());
  }

  /** The columns beside the vector, which may be null if there is no partner. */
  private static VectorSide columns(SearchedTable side) {
    VectorSide all = side.side();
    VectorSide own = all.keeping(one -> one != all.results().last());
    return new VectorSide(
        own.keys(), own.values(), ScalaBridge.map(own.results(), one -> one.withNullability(true)));
  }
}
