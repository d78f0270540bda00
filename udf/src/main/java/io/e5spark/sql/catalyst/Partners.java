package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.node.SharedRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;

/**
 * A side of a join with the information which of its rows meet a row of the other side; no other
 * rows reach the calls in the condition of the join.
 *
 * @param plan the side, with columns that hold this information
 * @param calls the calls with the conditions that follow from it
 */
record Partners(LogicalPlan plan, List<GuardedCall> calls) {

  static Partners of(JoinSide side, List<GuardedCall> calls) {
    LogicalPlan plan = side.plan();
    List<GuardedCall> guarded = new ArrayList<>();
    for (GuardedCall call : calls) {
      if (side.has(call.call())) {
        MeetingRows meeting = MeetingRows.of(side, call.guard());
        Attribute met = meeting.canAsk() ? column() : null;
        plan = met == null ? plan : meeting.asked(plan, met);
        guarded.add(new GuardedCall(call.call(), met == null ? meeting.ownGuard() : met));
      } else {
        guarded.add(call);
      }
    }
    return new Partners(plan, guarded);
  }

  /**
   * The join with sides that can be searched for partners. Rows with computed calls are kept behind
   * a shuffle, so they are not computed again.
   */
  static Join askable(Join join, List<GuardedCall> calls) {
    Join shared = join;
    for (JoinSide side : JoinSide.of(join)) {
      boolean asks =
          calls.stream()
              .filter(call -> side.has(call.call()))
              .anyMatch(call -> MeetingRows.of(side, call.guard()).mustShare());
      if (asks) {
        shared =
            (Join)
                shared.withNewChildren(
                    ScalaBridge.map(
                        shared.children(),
                        child -> child == side.other() ? SharedRows.of(child) : child));
      }
    }
    return shared;
  }

  private static Attribute column() {
    return new AttributeReference(
        "met",
        DataTypes.BooleanType,
        false,
        Metadata.empty(),
        NamedExpression.newExprId(),
        ScalaBridge.seq(List.of()));
  }
}
