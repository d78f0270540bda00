package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.OrderedConditions;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;

/**
 * The sides of a cartesian product behind a shuffle, which keeps their rows. Without it, Spark
 * computes every partition of a side again for each partition of the other side, calls included.
 */
final class PairedSides {
  private PairedSides() {}

  static LogicalPlan kept(LogicalPlan plan) {
    return plan instanceof Join join && isProduct(join)
        ? plan.withNewChildren(ScalaBridge.map(plan.children(), PairedSides::keptSide))
        : plan;
  }

  private static boolean isProduct(Join join) {
    List<JoinSide> sides = JoinSide.of(join);
    OrderedConditions conditions = sides.get(0).conditions();
    return sides.get(0).isInner()
        && join.hint().equals(JoinHint.NONE())
        && !sides.get(0).hasKey(conditions.all())
        && sides.stream().noneMatch(JoinSide::isSmall);
  }

  /** As many partitions as give the usual number of pairs. */
  private static LogicalPlan keptSide(LogicalPlan side) {
    int partitions = (int) Math.ceil(Math.sqrt(side.conf().numShufflePartitions()));
    return side.exists(BatchEmbed.class::isInstance) && !(side instanceof Repartition)
        ? new Repartition(partitions, true, side)
        : side;
  }
}
