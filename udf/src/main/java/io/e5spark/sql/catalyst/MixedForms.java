package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Similarity;
import io.e5spark.sql.expression.E5Unpack;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.vector.BinaryForm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Finds vectors that a {@code UNION} takes from columns of several vector types. Its column says
 * what the first of them says, which is wrong for the others.
 */
public final class MixedForms extends Rule<LogicalPlan> {
  private static final String MIXED = "mixed";

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.exists(Union.class::isInstance) ? rewritten(plan).plan : plan;
  }

  /** A plan whose calls are right, and the columns of its output that hold several forms. */
  private record Rewritten(LogicalPlan plan, Set<ExprId> mixed) {}

  private static Rewritten rewritten(LogicalPlan plan) {
    List<Rewritten> children =
        ScalaBridge.list(plan.children()).stream().map(MixedForms::rewritten).toList();
    LogicalPlan current =
        plan.withNewChildren(ScalaBridge.seq(children.stream().map(Rewritten::plan).toList()));
    if (current instanceof Union) {
      return new Rewritten(current, mixed(children, current.output()));
    }
    Set<ExprId> below = new HashSet<>();
    children.forEach(child -> below.addAll(child.mixed));
    return below.isEmpty()
        ? new Rewritten(current, below)
        : new Rewritten(
            current.transformExpressions(ScalaBridge.rewrite(one -> right(one, below))),
            renamed(current, below));
  }

  private static Set<ExprId> mixed(
      List<Rewritten> children, scala.collection.immutable.Seq<Attribute> output) {
    Set<ExprId> mixed = new HashSet<>();
    for (int column = 0; column < output.size(); column++) {
      Set<String> forms = new HashSet<>();
      for (Rewritten child : children) {
        forms.add(form(child.plan.output().apply(column), child.mixed));
      }
      if (forms.size() > 1 || forms.contains(MIXED)) {
        mixed.add(output.apply(column).exprId());
      }
    }
    return mixed;
  }

  private static String form(Attribute column, Set<ExprId> mixed) {
    if (mixed.contains(column.exprId())) {
      return MIXED;
    }
    return column.metadata().contains(BinaryForm.METADATA)
        ? column.metadata().getString(BinaryForm.METADATA)
        : "";
  }

  private static Expression right(Expression expression, Set<ExprId> mixed) {
    if (expression instanceof E5Unpack unpack) {
      unpack.requireOneForm(one -> isIn(mixed, one));
    }
    return expression instanceof E5Similarity similarity
        ? similarity.doubting(one -> isIn(mixed, one))
        : expression;
  }

  private static boolean isIn(Set<ExprId> mixed, Expression expression) {
    return expression instanceof NamedExpression named && mixed.contains(named.exprId());
  }

  /** These columns, and their new names in the output of a plan. */
  private static Set<ExprId> renamed(LogicalPlan plan, Set<ExprId> mixed) {
    Set<ExprId> renamed = new HashSet<>(mixed);
    for (NamedExpression column : columns(plan)) {
      if (column instanceof Alias alias && isIn(mixed, alias.child())) {
        renamed.add(alias.exprId());
      }
    }
    return renamed;
  }

  private static List<NamedExpression> columns(LogicalPlan plan) {
    List<NamedExpression> columns = new ArrayList<>();
    if (plan instanceof Project project) {
      columns.addAll(ScalaBridge.list(project.projectList()));
    } else if (plan instanceof Aggregate aggregate) {
      columns.addAll(ScalaBridge.list(aggregate.aggregateExpressions()));
    }
    return columns;
  }
}
