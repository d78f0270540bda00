package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.guard.OrderedConditions;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExplodeBase;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * A call above a node that makes several rows from one, such as a join without keys, which is
 * computed once per row below that node.
 */
final class SunkCall {
  private static final Expression ZERO = Literal.create(0, DataTypes.IntegerType);

  private SunkCall() {}

  /** The plan with the call below such a node; null if there is none. */
  static @Nullable ReusedCall in(LogicalPlan plan, GuardedCall call) {
    if (plan instanceof Join join) {
      return inJoin(join, call);
    }
    boolean passes = plan instanceof Project || plan instanceof Generate;
    if (!passes || !call.lifted().references().subsetOf(plan.children().head().outputSet())) {
      return null;
    }
    LogicalPlan child = plan.children().head();
    ReusedCall below = in(child, call);
    return above(
        plan,
        child,
        below == null && plan instanceof Generate generate ? onRows(generate, call) : below);
  }

  private static @Nullable ReusedCall inJoin(Join join, GuardedCall call) {
    for (JoinSide side : JoinSide.of(join)) {
      GuardedCall own = own(side, call);
      if (side.has(own.lifted()) && keeps(side, own)) {
        ReusedCall below = in(side.plan(), own);
        return below == null ? onSide(side, own) : above(join, side.plan(), below);
      }
    }
    return null;
  }

  /**
   * In an outer join, a condition that needs both sides would have the call computed for every
   * pair.
   */
  private static GuardedCall own(JoinSide side, GuardedCall call) {
    return (side.keepsAll() || side.isOptional())
            && side.has(call.call())
            && !side.has(call.lifted())
        ? new GuardedCall(call.call(), null)
        : call;
  }

  /**
   * Whether the result for a row of the side is also that for the joined rows, including those
   * without a partner.
   */
  private static boolean keeps(JoinSide side, GuardedCall call) {
    return KeptRows.sides(side.join()).contains(side.plan())
        || (side.isOptional() && isNullForNulls(call.lifted().text()));
  }

  private static boolean isNullForNulls(Expression text) {
    Expression ofNulls =
        text.transformUp(
            ScalaBridge.rewrite(
                node ->
                    node instanceof Attribute column
                        ? Literal.create(null, column.dataType())
                        : node));
    try {
      return ofNulls.foldable() && ofNulls.eval(InternalRow.empty()) == null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static @Nullable ReusedCall above(
      LogicalPlan plan, LogicalPlan child, @Nullable ReusedCall below) {
    return below == null
        ? null
        : new ReusedCall(KeptRows.with(plan, child, below.plan(), below.result()), below.result());
  }

  private static @Nullable ReusedCall onSide(JoinSide side, GuardedCall call) {
    OrderedConditions conditions = side.conditions();
    if (!conditions.others().isEmpty()
        || side.hasKey(conditions.cheap())
        || !(side.isInner() || side.keepsAll() || side.isOptional())) {
      return null;
    }
    if (side.keepsAll() || (side.isInner() && conditions.cheap().isEmpty())) {
      return above(side.join(), side.plan(), embedded(side.plan(), call));
    }
    Join askable = Partners.askable(side.join(), List.of(call));
    JoinSide asking = new JoinSide(askable, side.isLeft());
    Partners partners = Partners.of(asking, List.of(call));
    return above(askable, asking.plan(), embedded(partners.plan(), partners.calls().get(0)));
  }

  /** The row of an empty array or map does not come out, unless the query asks for it. */
  private static @Nullable ReusedCall onRows(Generate generate, GuardedCall call) {
    if (!(generate.generator() instanceof ExplodeBase explode)
        || !explode.deterministic()
        || GuardedCall.isIn(explode)) {
      return null;
    }
    Expression hasElements = new GreaterThan(new Size(explode.child(), false), ZERO);
    return embedded(generate.child(), generate.outer() ? call : call.where(hasElements));
  }

  private static ReusedCall embedded(LogicalPlan plan, GuardedCall call) {
    E5Embed lifted = call.lifted();
    Attribute result = BatchEmbed.result(lifted);
    return new ReusedCall(
        new BatchEmbed(ScalaBridge.seq(lifted), ScalaBridge.seq(result), plan), result);
  }
}
