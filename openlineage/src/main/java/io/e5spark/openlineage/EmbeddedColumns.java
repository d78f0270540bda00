package io.e5spark.openlineage;

import io.openlineage.client.utils.TransformationInfo;
import io.openlineage.spark.agent.lifecycle.plan.column.ColumnLevelLineageBuilder;
import io.openlineage.spark.agent.lifecycle.plan.column.ColumnLevelLineageContext;
import io.openlineage.spark.agent.lifecycle.plan.column.ColumnLevelLineageVisitor;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;

/**
 * The columns that the batched operator appends depend on the columns that its calls read. The
 * operator is known by its name and its first two elements, calls and results: its class may be in
 * another class loader than the agent.
 */
final class EmbeddedColumns implements ColumnLevelLineageVisitor {
  private static final String OPERATOR = "io.e5spark.sql.node.BatchEmbed";

  @Override
  public void collectInputs(ColumnLevelLineageContext context, LogicalPlan node) {}

  @Override
  public void collectOutputs(ColumnLevelLineageContext context, LogicalPlan node) {}

  @Override
  public void collectExpressionDependencies(ColumnLevelLineageContext context, LogicalPlan node) {
    if (node.getClass().getName().equals(OPERATOR)) {
      Seq<?> calls = (Seq<?>) node.productElement(0);
      Seq<?> results = (Seq<?>) node.productElement(1);
      for (int i = 0; i < calls.size(); i++) {
        depend(context.getBuilder(), (Attribute) results.apply(i), (Expression) calls.apply(i));
      }
    }
  }

  private static void depend(ColumnLevelLineageBuilder builder, Attribute result, Expression call) {
    Iterator<Attribute> columns = call.references().iterator();
    while (columns.hasNext()) {
      builder.addDependency(
          result.exprId(),
          columns.next().exprId(),
          call.sql(),
          TransformationInfo.transformation(call.sql()));
    }
  }
}
