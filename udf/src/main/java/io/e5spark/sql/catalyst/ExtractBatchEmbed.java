package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.Circle;
import io.e5spark.sql.guard.Conjuncts;
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.guard.GuardedCalls;
import io.e5spark.sql.guard.OrderedConditions;
import io.e5spark.sql.node.BatchEmbed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.optimizer.ColumnPruning$;
import org.apache.spark.sql.catalyst.optimizer.RemoveNoopOperators$;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Subquery;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lifts calls out of expressions into {@link BatchEmbed} nodes below, late in the optimizer, after
 * Spark has pushed, pruned and folded. Its class name in {@code spark.sql.optimizer.excludedRules}
 * switches it off; calls are then evaluated row by row.
 */
public final class ExtractBatchEmbed extends Rule<LogicalPlan> {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractBatchEmbed.class);

  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  @Override
  public LogicalPlan apply(LogicalPlan original) {
    LogicalPlan plan =
        RuntimeFilters.withoutCalls(
            original.transformAllExpressions(ScalaBridge.rewrite(CatalogFunction::liftable)));
    boolean correlated = plan instanceof Subquery subquery && subquery.correlated();
    if (correlated || !GuardedCalls.areIn(plan)) {
      return plan;
    }
    LogicalPlan early =
        MakeEvaluable.everywhere(plan).transformUp(ScalaBridge.rewrite(SpreadCalls::rewrite));
    LogicalPlan extracted = early.transformUp(ScalaBridge.rewrite(ExtractBatchEmbed::extract));
    LogicalPlan paired = extracted.transformUp(ScalaBridge.rewrite(PairedSides::kept));
    LogicalPlan filed = CurrentFile.belowCalls(paired);
    LogicalPlan pruned = RemoveNoopOperators$.MODULE$.apply(ColumnPruning$.MODULE$.apply(filed));
    warnOfRest(pruned);
    return RuntimeFilters.alike(pruned, this::apply);
  }

  private static List<Expression> expressions(LogicalPlan node) {
    if (node instanceof Join join && join.condition().isDefined()) {
      List<Expression> others = OrderedConditions.of(join.condition().get()).others();
      return others.isEmpty() ? List.of() : List.of(Conjuncts.all(others));
    }
    return ScalaBridge.list(node.expressions());
  }

  private static LogicalPlan extract(LogicalPlan plan) {
    if (plan instanceof BatchEmbed || plan instanceof Command || plan instanceof LeafNode) {
      return plan;
    }
    if (plan instanceof Filter filter && GuardedCall.isIn(filter.condition())) {
      OrderedConditions conditions = OrderedConditions.of(filter.condition());
      if (conditions.splits()) {
        return extract(conditions.inTwo(filter.child()));
      }
      Conjuncts first = conditions.firstOthers();
      if (!first.rest().isEmpty()) {
        Filter below = new Filter(Conjuncts.all(first.chosen()), filter.child());
        return extract(new Filter(Conjuncts.all(first.rest()), extract(below)));
      }
    }
    List<GuardedCall> calls = GuardedCalls.of(expressions(plan));
    if (calls.isEmpty()) {
      return plan.children().size() == 1 ? inCircle(plan) : plan;
    }
    LogicalPlan askable = plan instanceof Join join ? Partners.askable(join, calls) : plan;
    if (askable != plan) {
      return extract(askable);
    }
    LogicalPlan drawn = ChanceGuards.below(plan);
    if (drawn != plan) {
      return Columns.of(plan.output(), extract(drawn));
    }
    Map<Expression, Expression> results = new LinkedHashMap<>();
    List<LogicalPlan> children = new ArrayList<>();
    if (plan instanceof Join join) {
      for (JoinSide side : JoinSide.of(join)) {
        Partners partners = Partners.of(side, calls);
        children.add(LiftedCalls.lift(partners.calls(), partners.plan(), results));
      }
    } else {
      for (LogicalPlan child : ScalaBridge.list(plan.children())) {
        children.add(LiftedCalls.lift(calls, child, results));
      }
    }
    return over(plan, children, results);
  }

  private static LogicalPlan inCircle(LogicalPlan plan) {
    Circle circle = Circle.opened(GuardedCalls.all(expressions(plan)));
    LogicalPlan child = plan.children().head();
    if (circle == null || !circle.first().references().subsetOf(child.outputSet())) {
      return plan;
    }
    LogicalPlan first =
        new BatchEmbed(ScalaBridge.seq(circle.first()), ScalaBridge.seq(circle.result()), child);
    Map<Expression, Expression> results = new LinkedHashMap<>();
    return over(plan, List.of(LiftedCalls.lift(circle.freed(), first, results)), results);
  }

  private static LogicalPlan over(
      LogicalPlan plan, List<LogicalPlan> children, Map<Expression, Expression> results) {
    if (results.isEmpty()) {
      return plan;
    }
    LogicalPlan rewritten =
        plan.withNewChildren(ScalaBridge.seq(children))
            .transformExpressions(ScalaBridge.rewrite(node -> replaced(node, results)));
    return Columns.of(plan.output(), extract(rewritten));
  }

  private static Expression replaced(Expression node, Map<Expression, Expression> results) {
    Expression result = node instanceof E5Embed ? results.get(node.canonicalized()) : null;
    return result == null ? node : result;
  }

  private void warnOfRest(LogicalPlan plan) {
    plan.foreach(
        node -> {
          if (!(node instanceof BatchEmbed || node instanceof Command)) {
            for (Expression expression : ScalaBridge.list(node.expressions())) {
              warnOfRest(expression);
            }
          }
          return scala.runtime.BoxedUnit.UNIT;
        });
  }

  private void warnOfRest(Expression expression) {
    expression.foreach(
        part -> {
          if (part instanceof E5Embed call && !call.foldable() && warned.add(call.sql())) {
            LOG.warn(
                "Embedding row by row, which is slow, because the optimizer cannot batch this call: {}",
                call.sql());
          }
          return scala.runtime.BoxedUnit.UNIT;
        });
  }
}
