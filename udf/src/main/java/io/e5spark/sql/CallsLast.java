package io.e5spark.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Moves calls above what leaves fewer rows: aggregates whose results they embed, sorts and limits.
 */
final class CallsLast {
  private CallsLast() {}

  static LogicalPlan rewrite(LogicalPlan plan) {
    if (plan instanceof Aggregate aggregate) {
      return aboveAggregate(aggregate);
    }
    if (plan instanceof Sort sort) {
      return aboveSort(sort);
    }
    if (plan instanceof GlobalLimit global && global.child() instanceof LocalLimit local) {
      return aboveLimit(global, local);
    }
    return plan;
  }

  /** {@code e5_embed(max(text))}: a projection above computes the call, once a group. */
  private static LogicalPlan aboveAggregate(Aggregate aggregate) {
    List<NamedExpression> below = new ArrayList<>();
    List<NamedExpression> above = new ArrayList<>();
    boolean split = false;
    for (NamedExpression expression : Scala.list(aggregate.aggregateExpressions())) {
      if (embedsResults((Expression) expression, aggregate)) {
        above.add((NamedExpression) withResults((Expression) expression, aggregate, below));
        split = true;
      } else {
        below.add(expression);
        above.add(expression.toAttribute());
      }
    }
    if (!split) {
      return aggregate;
    }
    return new Project(Scala.seq(above), with(aggregate, 1, Scala.<NamedExpression>seq(below)));
  }

  /** A copy with one argument changed; constructors differ between Spark versions. */
  private static LogicalPlan with(LogicalPlan plan, int position, Object argument) {
    Object[] arguments = new Object[plan.productArity()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i == position ? argument : plan.productElement(i);
    }
    return plan.makeCopy(arguments);
  }

  private static boolean embedsResults(Expression expression, Aggregate aggregate) {
    return expression.exists(
        node ->
            node instanceof E5Embed call
                && !call.foldable()
                && call.exists(part -> isResult(part, aggregate)));
  }

  private static boolean isResult(Expression expression, Aggregate aggregate) {
    return expression instanceof AggregateExpression
        || Scala.list(aggregate.groupingExpressions()).stream()
            .anyMatch(key -> key.semanticEquals(expression));
  }

  private static Expression withResults(
      Expression expression, Aggregate aggregate, List<NamedExpression> below) {
    return expression.transformDown(
        Scala.rewrite(
            node -> {
              if (!isResult(node, aggregate)) {
                return node;
              }
              NamedExpression named =
                  node instanceof NamedExpression already ? already : alias("result", node);
              below.add(named);
              return named.toAttribute();
            }));
  }

  private static Alias alias(String name, Expression expression) {
    return new Alias(
        expression,
        name,
        NamedExpression.newExprId(),
        Scala.seq(List.of()),
        Option.empty(),
        Scala.seq(List.of()));
  }

  /** {@code SELECT e5_embed(text) … LIMIT 10}: ten rows are embedded. */
  private static LogicalPlan aboveLimit(GlobalLimit global, LocalLimit local) {
    if (!(local.child() instanceof Project project) || !isDeterministic(project)) {
      return global;
    }
    LogicalPlan limited =
        new GlobalLimit(global.limitExpr(), new LocalLimit(local.limitExpr(), project.child()));
    return new Project(project.projectList(), rewrite(limited));
  }

  /**
   * {@code SELECT e5_embed(text) … ORDER BY date}: Spark runs what is below a global sort twice,
   * the first time for a sample.
   */
  private static LogicalPlan aboveSort(Sort sort) {
    if (sort.child() instanceof Project project && computesCalls(project)) {
      Map<Object, Attribute> sources = passedThrough(project);
      Seq<SortOrder> order = Scala.map(sort.order(), one -> withSources(one, sources));
      AttributeSet needed = AttributeSet.apply(Scala.map(order, one -> (Expression) one));
      if (needed.subsetOf(project.child().outputSet())) {
        LogicalPlan sorted = with(sort.withNewChildren(Scala.seq(project.child())), 0, order);
        return new Project(project.projectList(), rewrite(sorted));
      }
    }
    return sort;
  }

  private static boolean isDeterministic(Project project) {
    return Scala.list(project.projectList()).stream()
        .allMatch(named -> ((Expression) named).deterministic());
  }

  private static boolean computesCalls(Project project) {
    return isDeterministic(project)
        && Scala.list(project.projectList()).stream()
            .anyMatch(named -> GuardedCalls.containsCall((Expression) named));
  }

  private static Map<Object, Attribute> passedThrough(Project project) {
    Map<Object, Attribute> sources = new HashMap<>();
    for (NamedExpression named : Scala.list(project.projectList())) {
      if (named instanceof Alias alias && alias.child() instanceof AttributeReference source) {
        sources.put(alias.exprId(), source);
      }
    }
    return sources;
  }

  private static SortOrder withSources(SortOrder order, Map<Object, Attribute> sources) {
    return (SortOrder)
        order.transformUp(
            Scala.rewrite(
                node ->
                    node instanceof Attribute attribute
                        ? sources.getOrDefault(attribute.exprId(), attribute)
                        : node));
  }
}
