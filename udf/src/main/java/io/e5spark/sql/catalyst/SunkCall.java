package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.jspecify.annotations.Nullable;

/** A call above a join of every row with every other, computed once a row below it. */
final class SunkCall {
  private SunkCall() {}

  /** The plan with the call below such a join; null where there is none. */
  static @Nullable ReusedCall in(LogicalPlan plan, GuardedCall call) {
    if (plan instanceof Join join) {
      return inJoin(join, call);
    }
    return plan instanceof Project
            && call.lifted().references().subsetOf(plan.children().head().outputSet())
        ? above(plan, plan.children().head(), in(plan.children().head(), call))
        : null;
  }

  private static @Nullable ReusedCall inJoin(Join join, GuardedCall call) {
    for (JoinSide side : JoinSide.of(join)) {
      if (side.has(call.lifted()) && KeptRows.sides(join).contains(side.plan())) {
        ReusedCall below = in(side.plan(), call);
        return above(join, side.plan(), below == null ? onSide(side, call) : below);
      }
    }
    return null;
  }

  private static @Nullable ReusedCall above(
      LogicalPlan plan, LogicalPlan child, @Nullable ReusedCall below) {
    return below == null
        ? null
        : new ReusedCall(KeptRows.with(plan, child, below.plan(), below.result()), below.result());
  }

  private static @Nullable ReusedCall onSide(JoinSide side, GuardedCall call) {
    OrderedConditions conditions = side.conditions();
    if (!side.isInner() || !conditions.others().isEmpty() || side.hasKey(conditions.cheap())) {
      return null;
    }
    if (conditions.cheap().isEmpty()) {
      return embedded(side.plan(), call);
    }
    if (!Partners.Conditions.of(side, call.guard()).canAsk()) {
      return null;
    }
    Partners partners = Partners.of(side, List.of(call));
    return embedded(partners.plan(), partners.calls().get(0));
  }

  private static ReusedCall embedded(LogicalPlan plan, GuardedCall call) {
    E5Embed lifted = call.lifted();
    Attribute result = BatchEmbed.result(lifted);
    return new ReusedCall(
        new BatchEmbed(ScalaBridge.seq(lifted), ScalaBridge.seq(result), plan), result);
  }
}
