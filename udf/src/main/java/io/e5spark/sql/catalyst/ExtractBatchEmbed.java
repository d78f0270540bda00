package io.e5spark.sql.catalyst;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.optimizer.ColumnPruning$;
import org.apache.spark.sql.catalyst.optimizer.RemoveNoopOperators$;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Subquery;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.Metadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lifts calls out of expressions into {@link BatchEmbed} nodes below, late in the optimizer, when
 * all that Spark pushes, prunes and folds has been. The class name in {@code
 * spark.sql.optimizer.excludedRules} switches it off; calls are then evaluated row by row.
 */
public final class ExtractBatchEmbed extends Rule<LogicalPlan> {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractBatchEmbed.class);

  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  @Override
  public LogicalPlan apply(LogicalPlan original) {
    LogicalPlan plan =
        original.transformAllExpressions(ScalaBridge.rewrite(CatalogFunction::liftable));
    boolean correlated = plan instanceof Subquery subquery && subquery.correlated();
    if (correlated || !hasCalls(plan)) {
      return plan;
    }
    LogicalPlan early =
        MakeEvaluable.everywhere(plan).transformUp(ScalaBridge.rewrite(PullUpCalls::rewrite));
    LogicalPlan extracted = early.transformUp(ScalaBridge.rewrite(ExtractBatchEmbed::extract));
    LogicalPlan pruned =
        RemoveNoopOperators$.MODULE$.apply(ColumnPruning$.MODULE$.apply(extracted));
    warnOfRest(pruned);
    return pruned;
  }

  /** Whether calls stand in the plan anywhere but in a node made for them. */
  private static boolean hasCalls(LogicalPlan plan) {
    return plan.exists(
        node ->
            !(node instanceof BatchEmbed)
                && ScalaBridge.list(node.expressions()).stream()
                    .anyMatch(GuardedCalls::containsCall));
  }

  private static List<GuardedCalls.Guarded> calls(LogicalPlan node) {
    return GuardedCalls.of(ScalaBridge.list(node.expressions()));
  }

  private static LogicalPlan extract(LogicalPlan plan) {
    if (plan instanceof BatchEmbed || plan instanceof Command || plan instanceof LeafNode) {
      return plan;
    }
    List<GuardedCalls.Guarded> calls = calls(plan);
    if (calls.isEmpty()) {
      return plan;
    }
    if (plan instanceof Filter filter && cheapAndRest(filter).areMixed()) {
      return extract(cheapFirst(filter));
    }
    Map<Expression, Expression> results = new LinkedHashMap<>();
    List<LogicalPlan> children = new ArrayList<>();
    for (LogicalPlan child : ScalaBridge.list(plan.children())) {
      children.add(lift(calls, child, results));
    }
    if (results.isEmpty()) {
      return plan;
    }
    LogicalPlan rewritten =
        plan.withNewChildren(ScalaBridge.seq(children))
            .transformExpressions(ScalaBridge.rewrite(node -> replaced(node, results)));
    LogicalPlan rest = extract(rewritten);
    return rest.output().equals(plan.output())
        ? rest
        : new Project(
            ScalaBridge.map(plan.output(), attribute -> (NamedExpression) attribute), rest);
  }

  private static Expression replaced(Expression node, Map<Expression, Expression> results) {
    Expression result = node instanceof E5Embed ? results.get(node.canonicalized()) : null;
    return result == null ? node : result;
  }

  /** The child with the results of those calls that it has the input of, and no other has yet. */
  private static LogicalPlan lift(
      List<GuardedCalls.Guarded> calls, LogicalPlan child, Map<Expression, Expression> results) {
    Map<List<Object>, List<GuardedCalls.Guarded>> groups = new LinkedHashMap<>();
    LogicalPlan lifted = child;
    for (GuardedCalls.Guarded guarded : calls) {
      E5Embed call = guarded.call();
      if (results.containsKey(call.canonicalized())
          || !call.references().subsetOf(child.outputSet())) {
        continue;
      }
      ReusedCall reused = ReusedCall.in(lifted, call);
      if (reused != null) {
        lifted = reused.plan();
        results.put(call.canonicalized(), reused.result());
        continue;
      }
      ReusedCall partly = ReusedCall.forSomeRows(lifted, call);
      GuardedCalls.Guarded rest = guarded;
      if (partly != null) {
        lifted = partly.plan();
        results.put(call.canonicalized(), partly.result());
        rest = guarded.where(new IsNull(partly.result()));
      }
      groups
          .computeIfAbsent(
              List.of(call.settings(), call.inputType(), call.onError()), key -> new ArrayList<>())
          .add(rest);
    }
    for (List<GuardedCalls.Guarded> group : groups.values()) {
      lifted = embed(group, lifted, results);
    }
    return lifted;
  }

  private static LogicalPlan embed(
      List<GuardedCalls.Guarded> group, LogicalPlan below, Map<Expression, Expression> results) {
    List<Expression> lifted = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>();
    for (GuardedCalls.Guarded guarded : group) {
      E5Embed whole = guarded.lifted();
      E5Embed call =
          whole.references().subsetOf(below.outputSet())
              ? whole
              : guarded.call().withText(guarded.call().text());
      Attribute result = attribute(call);
      lifted.add(call);
      attributes.add(result);
      results.merge(guarded.call().canonicalized(), result, ExtractBatchEmbed::either);
    }
    return new BatchEmbed(ScalaBridge.seq(lifted), ScalaBridge.seq(attributes), below);
  }

  private static Expression either(Expression forSomeRows, Expression forOthers) {
    return new Coalesce(ScalaBridge.seq(List.of(forSomeRows, forOthers)));
  }

  private static Attribute attribute(E5Embed call) {
    return new AttributeReference(
        call.prettyName(),
        call.dataType(),
        true,
        Metadata.empty(),
        NamedExpression.newExprId(),
        ScalaBridge.seq(List.of()));
  }

  private static Conjuncts cheapAndRest(Filter filter) {
    return Conjuncts.divided(filter.condition(), ExtractBatchEmbed::isCheap);
  }

  private static boolean isCheap(Expression condition) {
    return condition.deterministic() && !GuardedCalls.containsCall(condition);
  }

  /** Conditions without calls in a filter of their own below the rest. */
  private static Filter cheapFirst(Filter filter) {
    Conjuncts conditions = cheapAndRest(filter);
    Filter cheap = new Filter(Conjuncts.all(conditions.chosen()), filter.child());
    return new Filter(Conjuncts.all(conditions.rest()), cheap);
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
            LOG.warn("Embedding row by row, which is slow: {}", call.sql());
          }
          return scala.runtime.BoxedUnit.UNIT;
        });
  }
}
