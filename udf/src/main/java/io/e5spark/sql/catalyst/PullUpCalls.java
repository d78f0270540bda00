package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.Conjuncts;
import io.e5spark.sql.guard.GuardedCall;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.InnerLike;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import scala.Option;

/**
 * Moves calls above nodes that leave fewer rows: above aggregates whose results they embed, sorts,
 * limits, and inner joins if they need both sides.
 */
final class PullUpCalls {
  private PullUpCalls() {}

  static LogicalPlan rewrite(LogicalPlan plan) {
    if (plan instanceof Aggregate aggregate) {
      return aboveAggregate(aggregate);
    }
    if (plan instanceof Sort sort) {
      return aboveSort(sort);
    }
    if (plan instanceof Join join && join.condition().isDefined()) {
      return aboveJoin(join);
    }
    if (plan instanceof GlobalLimit || plan instanceof LocalLimit || plan instanceof Offset) {
      return aboveLimit(plan);
    }
    return plan;
  }

  /** {@code e5_embed(max(text))}: a projection above computes the call, once per group. */
  private static LogicalPlan aboveAggregate(Aggregate aggregate) {
    List<NamedExpression> below = new ArrayList<>();
    List<NamedExpression> above = new ArrayList<>();
    boolean split = false;
    for (NamedExpression expression : ScalaBridge.list(aggregate.aggregateExpressions())) {
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
    return new Project(
        ScalaBridge.seq(above),
        ScalaBridge.with(aggregate, 1, ScalaBridge.<NamedExpression>seq(below)));
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
        || ScalaBridge.list(aggregate.groupingExpressions()).stream()
            .anyMatch(key -> key.semanticEquals(expression));
  }

  private static Expression withResults(
      Expression expression, Aggregate aggregate, List<NamedExpression> below) {
    return expression.transformDown(
        ScalaBridge.rewrite(
            node -> {
              if (!isResult(node, aggregate)) {
                return node;
              }
              NamedExpression named =
                  node instanceof NamedExpression already
                      ? already
                      : ScalaBridge.alias("result", node);
              below.add(named);
              return named.toAttribute();
            }));
  }

  /**
   * The conditions of an inner join with a call over columns of both sides go into a filter above.
   */
  private static LogicalPlan aboveJoin(Join join) {
    if (!(join.joinType() instanceof InnerLike)) {
      return join;
    }
    Conjuncts conditions =
        Conjuncts.divided(
            join.condition().get(), condition -> condition.exists(node -> needsBoth(node, join)));
    if (conditions.chosen().isEmpty()) {
      return join;
    }
    Option<Expression> rest =
        conditions.rest().isEmpty()
            ? Option.empty()
            : Option.apply(Conjuncts.all(conditions.rest()));
    return new Filter(Conjuncts.all(conditions.chosen()), ScalaBridge.with(join, 3, rest));
  }

  private static boolean needsBoth(Expression node, Join join) {
    return node instanceof E5Embed call
        && !call.references().subsetOf(join.left().outputSet())
        && !call.references().subsetOf(join.right().outputSet());
  }

  /** {@code SELECT e5_embed(text) … LIMIT 10} embeds ten rows. */
  private static LogicalPlan aboveLimit(LogicalPlan limit) {
    if (!(limit.children().head() instanceof Project project)) {
      return limit;
    }
    if (!isDeterministic(project)) {
      return computesCalls(project) ? above(limit, project) : limit;
    }
    LogicalPlan limited = limit.withNewChildren(ScalaBridge.seq(project.child()));
    return new Project(project.projectList(), rewrite(limited));
  }

  /**
   * {@code SELECT e5_embed(text) … ORDER BY date}: Spark runs whatever is below a global sort
   * twice, the first time for a sample. What the order needs stays below, and calls go above.
   */
  private static LogicalPlan aboveSort(Sort sort) {
    return sort.child() instanceof Project project ? aboveColumns(sort, project) : sort;
  }

  /**
   * The calls of a projection above a node that does not need them; the node unchanged otherwise.
   */
  static LogicalPlan aboveColumns(LogicalPlan node, Project project) {
    return computesCalls(project) && node.references().subsetOf(attributes(withoutCalls(project)))
        ? above(node, project)
        : node;
  }

  /** The node over the columns that need no call, with a projection above it for those that do. */
  private static LogicalPlan above(LogicalPlan node, Project project) {
    List<NamedExpression> above = new ArrayList<>();
    for (NamedExpression named : ScalaBridge.list(project.projectList())) {
      above.add(containsCall(named) ? named : named.toAttribute());
    }
    LogicalPlan lower = new Project(ScalaBridge.seq(withoutCalls(project)), project.child());
    LogicalPlan moved = node.withNewChildren(ScalaBridge.seq(rewrite(lower)));
    return new Project(ScalaBridge.seq(above), rewrite(moved));
  }

  /** The columns that need no call, followed by those that the calls need. */
  private static List<NamedExpression> withoutCalls(Project project) {
    List<NamedExpression> columns = new ArrayList<>();
    List<Expression> calls = new ArrayList<>();
    for (NamedExpression named : ScalaBridge.list(project.projectList())) {
      if (containsCall(named)) {
        calls.add((Expression) named);
      } else {
        columns.add(named);
      }
    }
    AttributeSet present = attributes(columns);
    for (Attribute needed : ScalaBridge.list(AttributeSet.apply(ScalaBridge.seq(calls)).toSeq())) {
      if (!present.contains(needed)) {
        columns.add(needed);
      }
    }
    return columns;
  }

  private static AttributeSet attributes(List<NamedExpression> columns) {
    return AttributeSet.apply(
        ScalaBridge.<Expression>seq(columns.stream().map(NamedExpression::toAttribute).toList()));
  }

  private static boolean containsCall(NamedExpression named) {
    return GuardedCall.isIn((Expression) named);
  }

  private static boolean isDeterministic(Project project) {
    return ScalaBridge.list(project.projectList()).stream()
        .allMatch(named -> ((Expression) named).deterministic());
  }

  /** Whether there are calls in columns that have the same value wherever they are computed. */
  private static boolean computesCalls(Project project) {
    List<NamedExpression> calls =
        ScalaBridge.list(project.projectList()).stream().filter(PullUpCalls::containsCall).toList();
    return !calls.isEmpty() && calls.stream().allMatch(one -> ((Expression) one).deterministic());
  }
}
