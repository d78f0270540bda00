package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.jspecify.annotations.Nullable;

/**
 * A call that a node below has already computed.
 *
 * @param plan the plan below, with the result in its output
 * @param result the result
 */
record ReusedCall(LogicalPlan plan, Attribute result) {

  /**
   * Looks through nodes that keep their rows for the projections that compute the input of the
   * call.
   */
  static @Nullable ReusedCall in(LogicalPlan plan, E5Embed call) {
    return in(plan, call.withText(call.text()), Expression::semanticEquals, List.of());
  }

  /**
   * Looks for a call that nodes below have computed for some rows, and that is null for the others.
   *
   * @param known the results that are not looked for
   */
  static @Nullable ReusedCall forSomeRows(LogicalPlan plan, E5Embed call, List<Expression> known) {
    return in(plan, call.withText(call.text()), ReusedCall::computesSome, known);
  }

  private static boolean computesSome(Expression computed, Expression call) {
    return computed instanceof E5Embed other
        && other.text() instanceof If choice
        && Literal.create(null, choice.dataType()).equals(choice.falseValue())
        && other.withText(choice.trueValue()).semanticEquals(call);
  }

  private static @Nullable ReusedCall in(
      LogicalPlan plan,
      E5Embed call,
      BiPredicate<Expression, Expression> same,
      List<Expression> known) {
    if (plan instanceof BatchEmbed embed) {
      return inNode(embed, call, same, known);
    }
    for (LogicalPlan child : KeptRows.sides(plan)) {
      E5Embed asked = plan instanceof Project project ? ofColumnsBelow(project, call) : call;
      ReusedCall below =
          asked.references().subsetOf(child.outputSet()) ? in(child, asked, same, known) : null;
      if (below != null) {
        return new ReusedCall(KeptRows.with(plan, child, below.plan, below.result), below.result);
      }
    }
    return null;
  }

  private static @Nullable ReusedCall inNode(
      BatchEmbed embed,
      E5Embed call,
      BiPredicate<Expression, Expression> same,
      List<Expression> known) {
    for (int i = 0; i < embed.calls().size(); i++) {
      if (same.test(embed.calls().apply(i), call) && !known.contains(embed.results().apply(i))) {
        return new ReusedCall(embed, embed.results().apply(i));
      }
    }
    ReusedCall below = in(embed.child(), call, same, known);
    return below == null
        ? null
        : new ReusedCall(embed.withNewChildInternal(below.plan), below.result);
  }

  /** The call over the expressions of the projection instead of its column names. */
  private static E5Embed ofColumnsBelow(Project project, E5Embed call) {
    Map<ExprId, Expression> computed = new HashMap<>();
    for (NamedExpression named : ScalaBridge.list(project.projectList())) {
      if (named instanceof Alias alias) {
        computed.put(alias.exprId(), alias.child());
      }
    }
    return (E5Embed)
        call.transformUp(
            ScalaBridge.rewrite(
                node ->
                    node instanceof Attribute column
                        ? computed.getOrDefault(column.exprId(), column)
                        : node));
  }
}
