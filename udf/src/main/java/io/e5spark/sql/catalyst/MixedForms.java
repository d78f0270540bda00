package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Similarity;
import io.e5spark.sql.expression.E5Unpack;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.vector.BinaryForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Finds vectors that a {@code UNION} takes from columns of several vector types. Its column says
 * what the first of them says, which is wrong for the others. Spark moves a call below the union,
 * where it is right over each column that states a type.
 */
public final class MixedForms extends Rule<LogicalPlan> {
  /** Stands for several types, each of which is stated. */
  private static final String MIXED = "mixed";

  /** Stands for a type beside columns that state none. */
  private static final String DOUBTFUL = "doubtful";

  /** What is not believed. */
  private final Set<String> kinds;

  private MixedForms(Set<String> kinds) {
    this.kinds = kinds;
  }

  /** The rule before Spark moves calls, for what they would then believe of another column. */
  public static MixedForms beforeCallsMove() {
    return new MixedForms(Set.of(DOUBTFUL));
  }

  /** The rule for calls that Spark did not move. */
  static MixedForms afterCallsMoved() {
    return new MixedForms(Set.of(MIXED, DOUBTFUL));
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.resolved() && plan.exists(Union.class::isInstance)
        ? rewritten(plan, new HashMap<>()).plan
        : plan;
  }

  /** A plan whose calls are right, and the columns of its output that hold several forms. */
  private record Rewritten(LogicalPlan plan, Map<ExprId, String> mixed) {}

  /**
   * Rewrites.
   *
   * @param named the kinds of the columns of the queries of {@code WITH}, in order, by their ids;
   *     Spark puts these queries before those that use them
   */
  private Rewritten rewritten(LogicalPlan plan, Map<Long, List<String>> named) {
    List<Rewritten> children =
        ScalaBridge.list(plan.children()).stream().map(child -> rewritten(child, named)).toList();
    LogicalPlan current =
        plan.withNewChildren(ScalaBridge.seq(children.stream().map(Rewritten::plan).toList()));
    if (current instanceof Union) {
      return new Rewritten(current, mixed(children, current.output()));
    }
    if (current instanceof CTERelationRef reference) {
      return new Rewritten(current, mixed(reference, named));
    }
    Map<ExprId, String> below = new HashMap<>();
    children.forEach(child -> below.putAll(child.mixed));
    if (current instanceof CTERelationDef definition) {
      named.put(definition.id(), kinds(definition.output(), below));
    }
    return below.isEmpty()
        ? new Rewritten(current, below)
        : new Rewritten(
            current.transformExpressions(ScalaBridge.rewrite(one -> right(one, below))),
            renamed(current, below));
  }

  private static List<String> kinds(
      scala.collection.immutable.Seq<Attribute> output, Map<ExprId, String> mixed) {
    return ScalaBridge.list(output).stream()
        .map(column -> mixed.getOrDefault(column.exprId(), ""))
        .toList();
  }

  private static Map<ExprId, String> mixed(
      CTERelationRef reference, Map<Long, List<String>> named) {
    List<String> kinds = named.getOrDefault(reference.cteId(), List.of());
    Map<ExprId, String> mixed = new HashMap<>();
    for (int column = 0; column < kinds.size(); column++) {
      if (!kinds.get(column).isEmpty()) {
        mixed.put(reference.output().apply(column).exprId(), kinds.get(column));
      }
    }
    return mixed;
  }

  private static Map<ExprId, String> mixed(
      List<Rewritten> children, scala.collection.immutable.Seq<Attribute> output) {
    Map<ExprId, String> mixed = new HashMap<>();
    for (int column = 0; column < output.size(); column++) {
      Set<String> forms = new HashSet<>();
      for (Rewritten child : children) {
        if (!isNull(child.plan, column)) {
          forms.add(form(child.plan.output().apply(column), child.mixed));
        }
      }
      boolean isDoubtful = forms.contains(DOUBTFUL) || (forms.size() > 1 && forms.contains(""));
      if (isDoubtful || forms.size() > 1 || forms.contains(MIXED)) {
        mixed.put(output.apply(column).exprId(), isDoubtful ? DOUBTFUL : MIXED);
      }
    }
    return mixed;
  }

  private static boolean isNull(LogicalPlan plan, int column) {
    return plan instanceof Project project
        && project.projectList().apply(column) instanceof Alias alias
        && E5Unpack.isNull(alias.child());
  }

  private static String form(Attribute column, Map<ExprId, String> mixed) {
    String kind = mixed.get(column.exprId());
    if (kind != null) {
      return kind;
    }
    return column.metadata().contains(BinaryForm.METADATA)
        ? column.metadata().getString(BinaryForm.METADATA)
        : "";
  }

  private Expression right(Expression expression, Map<ExprId, String> mixed) {
    if (expression instanceof E5Unpack unpack) {
      unpack.requireOneForm(one -> isIn(mixed, one));
    }
    return expression instanceof E5Similarity similarity
        ? similarity.doubting(one -> isIn(mixed, one))
        : expression;
  }

  private boolean isIn(Map<ExprId, String> mixed, Expression expression) {
    return expression instanceof NamedExpression named
        && kinds.contains(mixed.getOrDefault(named.exprId(), ""));
  }

  /** These columns, and their new names in the output of a plan. */
  private static Map<ExprId, String> renamed(LogicalPlan plan, Map<ExprId, String> mixed) {
    Map<ExprId, String> renamed = new HashMap<>(mixed);
    for (NamedExpression column : columns(plan)) {
      if (column instanceof Alias alias && alias.child() instanceof NamedExpression named) {
        String kind = mixed.get(named.exprId());
        if (kind != null) {
          renamed.put(alias.exprId(), kind);
        }
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
