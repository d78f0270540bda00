package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.HigherOrderFunction;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The calls of a plan node's expressions that can be lifted out of it, each with the condition
 * under which an expression reaches it.
 *
 * <p>A lifted call is computed for every row, while {@code CASE}, {@code IF}, {@code coalesce},
 * {@code AND} and {@code OR} reach it for some. Since a call of null is null, the call of {@code
 * CASE WHEN condition THEN text END} costs nothing where the condition does not hold, and is not
 * read there.
 */
final class GuardedCalls {
  private static final Expression TRUE =
      Literal.create(true, org.apache.spark.sql.types.DataTypes.BooleanType);
  private static final Expression FALSE =
      Literal.create(false, org.apache.spark.sql.types.DataTypes.BooleanType);

  private final Map<Expression, Guarded> byCanonical = new LinkedHashMap<>();

  /**
   * One call.
   *
   * @param call as it stands in the plan
   * @param guard when it is reached; null for always
   */
  record Guarded(E5Embed call, @Nullable Expression guard) {
    /** The call to compute for every row. */
    E5Embed lifted() {
      Expression text = call.text();
      return guard == null
          ? call.withText(text)
          : call.withText(new If(guard, text, Literal.create(null, text.dataType())));
    }

    /** Where another condition holds as well. */
    Guarded where(Expression condition) {
      return new Guarded(call, both(guard, condition));
    }

    /** Where either condition holds; the other may hold the call itself, as in {@code c AND c}. */
    private Guarded or(@Nullable Expression other) {
      if (guard == null || other == null) {
        return new Guarded(call, null);
      }
      return implies(other, guard) ? this : new Guarded(call, new Or(guard, withoutCall(other)));
    }

    /** The condition for rows where nothing before has reached the call, and so it does not. */
    private Expression withoutCall(Expression condition) {
      return condition.transformDown(
          ScalaBridge.rewrite(
              node ->
                  node instanceof E5Embed && node.exists(call::semanticEquals)
                      ? Literal.create(null, node.dataType())
                      : node));
    }

    private boolean waits() {
      return guard != null && (containsCall(guard) || LambdaVariables.areFree(guard));
    }
  }

  /**
   * The calls of these expressions. Those whose condition holds other calls come another time;
   * those whose condition is one of a lambda function's variable never.
   */
  static List<Guarded> of(List<Expression> expressions) {
    GuardedCalls calls = new GuardedCalls();
    expressions.forEach(expression -> calls.collect(expression, null));
    List<Guarded> ready = new ArrayList<>();
    calls.byCanonical.values().stream().filter(call -> !call.waits()).forEach(ready::add);
    return ready;
  }

  /** Whether calls stand in the plan anywhere but in a node made for them. */
  static boolean areIn(LogicalPlan plan) {
    return plan.exists(
        node ->
            !(node instanceof BatchEmbed)
                && ScalaBridge.list(node.expressions()).stream()
                    .anyMatch(GuardedCalls::containsCall));
  }

  static boolean containsCall(Expression expression) {
    return expression.exists(node -> node instanceof E5Embed call && !call.foldable());
  }

  private void collect(Expression expression, @Nullable Expression guard) {
    if (expression instanceof E5Embed call && canLift(call)) {
      Guarded known = byCanonical.get(call.canonicalized());
      byCanonical.put(
          call.canonicalized(), known == null ? new Guarded(call, guard) : known.or(guard));
    } else if (expression instanceof If choice) {
      collect(choice.predicate(), guard);
      collect(choice.trueValue(), both(guard, choice.predicate()));
      collect(choice.falseValue(), both(guard, isNotTrue(choice.predicate())));
    } else if (expression instanceof CaseWhen cases) {
      collectCases(cases, guard);
    } else if (expression instanceof Coalesce coalesce) {
      collectCoalesce(coalesce, guard);
    } else if (expression instanceof And and) {
      collect(and.left(), guard);
      collect(and.right(), both(guard, isNotFalse(and.left())));
    } else if (expression instanceof Or or) {
      collect(or.left(), guard);
      collect(or.right(), both(guard, isNotTrue(or.left())));
    } else if (expression instanceof AggregateExpression aggregate
        && aggregate.filter().isDefined()) {
      collect(aggregate.filter().get(), guard);
      collect(aggregate.aggregateFunction(), both(guard, aggregate.filter().get()));
    } else if (expression instanceof HigherOrderFunction function) {
      Expression reached = LambdaVariables.hasElements(function);
      ScalaBridge.list(function.arguments()).forEach(argument -> collect(argument, guard));
      Expression inBodies = reached == null ? guard : both(guard, reached);
      ScalaBridge.list(function.functions()).forEach(body -> collect(body, inBodies));
    } else {
      ScalaBridge.list(expression.children()).forEach(child -> collect(child, guard));
    }
  }

  private void collectCases(CaseWhen cases, @Nullable Expression guard) {
    Expression reached = guard;
    for (Tuple2<Expression, Expression> branch : ScalaBridge.list(cases.branches())) {
      collect(branch._1(), reached);
      collect(branch._2(), both(reached, branch._1()));
      reached = both(reached, isNotTrue(branch._1()));
    }
    if (cases.elseValue().isDefined()) {
      collect(cases.elseValue().get(), reached);
    }
  }

  private void collectCoalesce(Coalesce coalesce, @Nullable Expression guard) {
    Expression reached = guard;
    for (Expression child : ScalaBridge.list(coalesce.children())) {
      collect(child, reached);
      reached = both(reached, new Not(new IsNotNull(child)));
    }
  }

  static Expression isNotTrue(Expression condition) {
    return new Not(new EqualNullSafe(condition, TRUE));
  }

  static Expression isNotFalse(Expression condition) {
    return new Not(new EqualNullSafe(condition, FALSE));
  }

  /** Both conditions; one that cannot be computed below the node is left out. */
  static @Nullable Expression both(@Nullable Expression guard, Expression condition) {
    if (!condition.deterministic() || condition.exists(OpenExpressions::isBound)) {
      return guard;
    }
    // Not AND, which computes its right side also where the left is null.
    return guard == null ? condition : new If(guard, condition, FALSE);
  }

  /** Whether a condition is {@link #both} of the other and more. */
  private static boolean implies(Expression condition, Expression other) {
    if (condition.semanticEquals(other)) {
      return true;
    }
    return condition instanceof If both
        && FALSE.equals(both.falseValue())
        && implies(both.predicate(), other);
  }

  private static boolean canLift(E5Embed call) {
    return call.deterministic()
        && !call.foldable()
        && !call.text().exists(OpenExpressions::isBound)
        && !call.text().exists(GuardedCalls::comesFirst)
        && !LambdaVariables.areFree(call.text());
  }

  /** Whether this is a call in another's text; calls of a lambda function's variable stay there. */
  private static boolean comesFirst(Expression node) {
    return node instanceof E5Embed call && !LambdaVariables.areFree(call);
  }
}
