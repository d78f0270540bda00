package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.jspecify.annotations.Nullable;

/** A call above a join that has a row many times over, computed once a row below it. */
final class SunkCall {
  private SunkCall() {}

  /** The plan with the call below such a join; null where there is none. */
  static @Nullable ReusedCall in(LogicalPlan plan, GuardedCalls.Guarded call) {
    if (plan instanceof Join join) {
      return inJoin(join, call);
    }
    return plan instanceof Project
            && call.lifted().references().subsetOf(plan.children().head().outputSet())
        ? above(plan, plan.children().head(), in(plan.children().head(), call))
        : null;
  }

  private static @Nullable ReusedCall inJoin(Join join, GuardedCalls.Guarded call) {
    for (JoinSide side : JoinSide.of(join)) {
      GuardedCalls.Guarded own = own(side, call);
      if (side.has(own.lifted()) && keeps(side, own.lifted())) {
        ReusedCall below = in(side.plan(), own);
        return above(join, side.plan(), below == null ? onSide(side, own) : below);
      }
    }
    return null;
  }

  /**
   * In an outer join, a guard that needs both sides would have the call computed for every pair.
   */
  private static GuardedCalls.Guarded own(JoinSide side, GuardedCalls.Guarded call) {
    return (side.isOuter() || side.mayLack()) && side.has(call.call()) && !side.has(call.lifted())
        ? new GuardedCalls.Guarded(call.call(), null)
        : call;
  }

  /** Whether the call's result, computed on a side, is what it would be above the join. */
  private static boolean keeps(JoinSide side, E5Embed call) {
    return KeptRows.sides(side.join()).contains(side.plan())
        || (side.mayLack() && side.conditions().all().isEmpty() && isNullOfNulls(call));
  }

  /** A row of the other side without a partner has nulls, of which the call must make null. */
  private static boolean isNullOfNulls(E5Embed call) {
    Expression ofNulls =
        call.text()
            .transform(
                ScalaBridge.rewrite(
                    node ->
                        node instanceof Attribute column
                            ? Literal.create(null, column.dataType())
                            : node));
    try {
      return ofNulls.eval(InternalRow.empty()) == null;
    } catch (RuntimeException e) {
      // A function that takes no nulls says nothing of the others.
      return false;
    }
  }

  private static @Nullable ReusedCall above(
      LogicalPlan plan, LogicalPlan child, @Nullable ReusedCall below) {
    return below == null
        ? null
        : new ReusedCall(KeptRows.with(plan, child, below.plan(), below.result()), below.result());
  }

  private static @Nullable ReusedCall onSide(JoinSide side, GuardedCalls.Guarded call) {
    OrderedConditions conditions = side.conditions();
    boolean multiplies = side.isInner() || side.isOuter() || side.mayLack();
    if (!multiplies || !conditions.others().isEmpty() || side.hasKey(conditions.cheap())) {
      return null;
    }
    if (conditions.cheap().isEmpty() || side.isOuter()) {
      return embedded(side.plan(), call);
    }
    if (!Partners.Conditions.of(side, call.guard()).canAsk()) {
      return null;
    }
    Partners partners = Partners.of(side, List.of(call));
    return embedded(partners.plan(), partners.calls().get(0));
  }

  private static ReusedCall embedded(LogicalPlan plan, GuardedCalls.Guarded call) {
    E5Embed lifted = call.lifted();
    Attribute result = BatchEmbed.result(lifted);
    return new ReusedCall(
        new BatchEmbed(ScalaBridge.seq(lifted), ScalaBridge.seq(result), plan), result);
  }
}
