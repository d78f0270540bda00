package io.e5spark.sql.node;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Plans a {@link VectorJoin}. */
public final class VectorJoinStrategy extends SparkStrategy {
  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    return plan instanceof VectorJoin join
        ? ScalaBridge.seq(
            new VectorJoinExec(
                join.match(),
                join.rows(),
                join.queries(),
                join.scores(),
                ScalaBridge.map(join.children(), this::planLater)))
        : ScalaBridge.seq(List.of());
  }
}
