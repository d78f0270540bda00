package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.node.BatchEmbed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Calls in nodes below the expressions that contained them. */
final class LiftedCalls {
  private LiftedCalls() {}

  /**
   * The child with the results of those calls whose input it has and that no other child has
   * computed yet.
   */
  static LogicalPlan lift(
      List<GuardedCall> calls, LogicalPlan child, Map<Expression, Expression> results) {
    Map<List<Object>, List<GuardedCall>> groups = new LinkedHashMap<>();
    LogicalPlan lifted = child;
    for (GuardedCall guarded : calls) {
      E5Embed call = guarded.call();
      if (results.containsKey(call.canonicalized())
          || !call.references().subsetOf(child.outputSet())) {
        continue;
      }
      ReusedCall reused = ReusedCall.in(lifted, call);
      List<Expression> parts = new ArrayList<>();
      GuardedCall rest = guarded;
      for (ReusedCall part = reused == null ? ReusedCall.forSomeRows(lifted, call, parts) : null;
          part != null;
          part = ReusedCall.forSomeRows(lifted, call, parts)) {
        lifted = part.plan();
        parts.add(part.result());
        rest = rest.where(new IsNull(part.result()));
      }
      reused = reused == null && parts.isEmpty() ? SunkCall.in(lifted, guarded) : reused;
      if (reused != null) {
        lifted = reused.plan();
        results.put(call.canonicalized(), reused.result());
        continue;
      }
      parts.forEach(part -> results.merge(call.canonicalized(), part, LiftedCalls::either));
      groups
          .computeIfAbsent(
              List.of(call.settings(), call.inputType(), call.onError()), key -> new ArrayList<>())
          .add(rest);
    }
    for (List<GuardedCall> group : groups.values()) {
      lifted = embed(group, lifted, results);
    }
    return lifted;
  }

  private static LogicalPlan embed(
      List<GuardedCall> group, LogicalPlan below, Map<Expression, Expression> results) {
    List<Expression> lifted = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>();
    for (GuardedCall guarded : group) {
      E5Embed whole = guarded.lifted();
      E5Embed call =
          whole.references().subsetOf(below.outputSet())
              ? whole
              : guarded.call().withText(guarded.call().text());
      Attribute result = BatchEmbed.result(call);
      lifted.add(call);
      attributes.add(result);
      results.merge(guarded.call().canonicalized(), result, LiftedCalls::either);
    }
    return new BatchEmbed(ScalaBridge.seq(lifted), ScalaBridge.seq(attributes), below);
  }

  private static Expression either(Expression forSomeRows, Expression forOthers) {
    return new Coalesce(ScalaBridge.seq(List.of(forSomeRows, forOthers)));
  }
}
