package io.e5spark.sql.node;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Plans a {@link BatchEmbed} and {@link SharedRows}. */
public final class BatchEmbedStrategy extends SparkStrategy {
  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (plan instanceof SharedRows shared) {
      return ScalaBridge.seq(planLater(shared.child()));
    }
    return plan instanceof BatchEmbed embed
        ? ScalaBridge.seq(
            new BatchEmbedExec(embed.calls(), embed.results(), planLater(embed.child())))
        : ScalaBridge.seq(List.of());
  }
}
