package io.e5spark.sql.guard;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.HigherOrderFunction;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The calls in the expressions of a plan node that can be lifted out of it, each with the condition
 * under which an expression reaches it.
 *
 * <p>A lifted call is computed for every row, while {@code CASE}, {@code IF}, {@code coalesce},
 * {@code AND} and {@code OR} reach it only for some. A call of null is null, so the call of {@code
 * CASE WHEN condition THEN text END} costs nothing where the condition does not hold, and nobody
 * reads it there.
 */
public final class GuardedCalls {
  private final Map<Expression, GuardedCall> byCanonical = new LinkedHashMap<>();

  /**
   * The calls of these expressions. Calls whose condition contains other calls come later, and
   * calls whose condition depends on the variable of a lambda function never come.
   */
  public static List<GuardedCall> of(List<Expression> expressions) {
    return all(expressions).stream().filter(call -> !call.waits()).toList();
  }

  /** The calls, including those that come later or never. */
  public static List<GuardedCall> all(List<Expression> expressions) {
    GuardedCalls calls = new GuardedCalls();
    expressions.forEach(expression -> calls.collect(expression, null));
    return List.copyOf(calls.byCanonical.values());
  }

  /** Whether the plan contains calls outside the nodes that are made for them. */
  public static boolean areIn(LogicalPlan plan) {
    return plan.exists(
        node ->
            !(node instanceof BatchEmbed)
                && ScalaBridge.list(node.expressions()).stream().anyMatch(GuardedCall::isIn));
  }

  private void collect(Expression expression, @Nullable Expression guard) {
    if (expression instanceof E5Embed call && canLift(call)) {
      GuardedCall known = byCanonical.get(call.canonicalized());
      byCanonical.put(
          call.canonicalized(), known == null ? new GuardedCall(call, guard) : known.or(guard));
    } else if (expression instanceof If choice) {
      collect(choice.predicate(), guard);
      collect(choice.trueValue(), Guards.both(guard, choice.predicate()));
      collect(choice.falseValue(), Guards.both(guard, Guards.isNotTrue(choice.predicate())));
    } else if (expression instanceof CaseWhen cases) {
      collectCases(cases, guard);
    } else if (expression instanceof Coalesce coalesce) {
      collectCoalesce(coalesce, guard);
    } else if (expression instanceof And and) {
      collect(and.left(), guard);
      collect(and.right(), Guards.both(guard, Guards.isNotFalse(and.left())));
    } else if (expression instanceof Or or) {
      collect(or.left(), guard);
      collect(or.right(), Guards.both(guard, Guards.isNotTrue(or.left())));
    } else if (expression instanceof AggregateExpression aggregate
        && aggregate.filter().isDefined()) {
      collect(aggregate.filter().get(), guard);
      collect(aggregate.aggregateFunction(), Guards.both(guard, aggregate.filter().get()));
    } else if (expression instanceof HigherOrderFunction function) {
      Expression reached = LambdaVariables.hasElements(function);
      ScalaBridge.list(function.arguments()).forEach(argument -> collect(argument, guard));
      Expression inBodies = reached == null ? guard : Guards.both(guard, reached);
      ScalaBridge.list(function.functions()).forEach(body -> collect(body, inBodies));
    } else {
      ScalaBridge.list(expression.children()).forEach(child -> collect(child, guard));
    }
  }

  private void collectCases(CaseWhen cases, @Nullable Expression guard) {
    Expression reached = guard;
    for (Tuple2<Expression, Expression> branch : ScalaBridge.list(cases.branches())) {
      collect(branch._1(), reached);
      collect(branch._2(), Guards.both(reached, branch._1()));
      reached = Guards.both(reached, Guards.isNotTrue(branch._1()));
    }
    if (cases.elseValue().isDefined()) {
      collect(cases.elseValue().get(), reached);
    }
  }

  private void collectCoalesce(Coalesce coalesce, @Nullable Expression guard) {
    Expression reached = guard;
    for (Expression child : ScalaBridge.list(coalesce.children())) {
      collect(child, reached);
      reached = Guards.both(reached, new Not(new IsNotNull(child)));
    }
  }

  private static boolean canLift(E5Embed call) {
    return call.deterministic()
        && !call.foldable()
        && !call.text().exists(OpenExpressions::isBound)
        && !call.text().exists(GuardedCalls::comesFirst)
        && !LambdaVariables.areFree(call.text());
  }

  /**
   * Whether this is a call in the text of another call; calls of a lambda function's variable stay
   * there.
   */
  private static boolean comesFirst(Expression node) {
    return node instanceof E5Embed call && !LambdaVariables.areFree(call);
  }
}
