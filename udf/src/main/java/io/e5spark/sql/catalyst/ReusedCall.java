package io.e5spark.sql.catalyst;

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;

/**
 * A call that a node below has computed already.
 *
 * @param plan the plan below, with the result among its output
 * @param result the result
 */
record ReusedCall(LogicalPlan plan, Attribute result) {

  /** Looks through nodes that keep the call's input as it is, and all that is computed of it. */
  static @Nullable ReusedCall in(LogicalPlan plan, E5Embed call) {
    if (plan instanceof BatchEmbed embed) {
      return inNode(embed, call);
    }
    for (LogicalPlan child : KeptRows.sides(plan)) {
      ReusedCall below =
          call.references().subsetOf(child.outputSet()) ? ReusedCall.in(child, call) : null;
      if (below != null) {
        return new ReusedCall(KeptRows.with(plan, child, below.plan, below.result), below.result);
      }
    }
    return null;
  }

  private static @Nullable ReusedCall inNode(BatchEmbed embed, E5Embed call) {
    for (int i = 0; i < embed.calls().size(); i++) {
      if (embed.calls().apply(i).semanticEquals(call.withText(call.text()))) {
        return new ReusedCall(embed, embed.results().apply(i));
      }
    }
    ReusedCall below = in(embed.child(), call);
    return below == null
        ? null
        : new ReusedCall(embed.withNewChildInternal(below.plan), below.result);
  }
}
