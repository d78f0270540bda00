package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.logical.CollectMetrics;
import org.apache.spark.sql.catalyst.plans.logical.EventTimeWatermark;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;

/** Nodes that pass each row on before they request the next one. */
final class PassedRows {
  private PassedRows() {}

  /** The children whose rows a node passes on as they come; none for a node that collects rows. */
  static List<LogicalPlan> sides(LogicalPlan plan) {
    if (plan instanceof Join join) {
      return streamed(join);
    }
    return handsOn(plan) ? ScalaBridge.list(plan.children()) : List.of();
  }

  private static boolean handsOn(LogicalPlan plan) {
    return plan instanceof BatchEmbed
        || plan instanceof Project
        || plan instanceof Filter
        || plan instanceof Generate
        || plan instanceof Union
        || plan instanceof Sample
        || plan instanceof LocalLimit
        || plan instanceof GlobalLimit
        || plan instanceof CollectMetrics
        || plan instanceof EventTimeWatermark
        || (plan instanceof Repartition repartition && !repartition.shuffle());
  }

  /** The side of a join that is read from files; Spark can ask only one side for its files. */
  private static List<LogicalPlan> streamed(Join join) {
    JoinType type = join.joinType();
    if (readsFiles(join.left()) == readsFiles(join.right())) {
      return List.of();
    }
    LogicalPlan side = readsFiles(join.left()) ? join.left() : join.right();
    return (side == join.left() ? KeptRows.keepsLeft(type) : KeptRows.keepsRight(type))
        ? List.of(side)
        : List.of();
  }

  private static boolean readsFiles(LogicalPlan plan) {
    return plan.exists(
        node -> node instanceof LogicalRelation || node instanceof DataSourceV2ScanRelation);
  }
}
