package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.InnerLike;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftExistence$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** Nodes whose rows have the unchanged columns of a row below them. */
final class KeptRows {
  private KeptRows() {}

  /** The children whose columns a node keeps. */
  static List<LogicalPlan> sides(LogicalPlan plan) {
    List<LogicalPlan> sides = new ArrayList<>();
    if (plan instanceof Join join) {
      if (keepsLeft(join.joinType())) {
        sides.add(join.left());
      }
      if (keepsRight(join.joinType())) {
        sides.add(join.right());
      }
    } else if (keeps(plan)) {
      sides.add(plan.children().head());
    }
    return sides;
  }

  static boolean keepsLeft(JoinType type) {
    return type instanceof InnerLike
        || type == LeftOuter$.MODULE$
        || LeftExistence$.MODULE$.unapply(type).isDefined();
  }

  static boolean keepsRight(JoinType type) {
    return type instanceof InnerLike || type == RightOuter$.MODULE$;
  }

  private static boolean keeps(LogicalPlan plan) {
    return plan instanceof Project
        || plan instanceof Filter
        || plan instanceof Sort
        || plan instanceof Window
        || plan instanceof Generate
        || plan instanceof LocalLimit
        || plan instanceof GlobalLimit
        || plan instanceof Offset
        || plan instanceof Sample
        || plan instanceof RepartitionOperation
        || plan instanceof RebalancePartitions;
  }

  /** The node over another child that has one more column, with that column. */
  static LogicalPlan with(
      LogicalPlan plan, LogicalPlan child, LogicalPlan other, Attribute column) {
    if (plan instanceof Project project) {
      return Columns.and(project, column, other);
    }
    boolean known = child.outputSet().contains(column);
    // A Generate identifies columns by their positions.
    LogicalPlan ordered = known ? other : Columns.of(Columns.and(child.output(), column), other);
    return plan.withNewChildren(
        ScalaBridge.map(plan.children(), one -> one == child ? ordered : one));
  }
}
