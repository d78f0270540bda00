package io.e5spark.sql.node;

import io.e5spark.sql.expression.ScalaBridge;
import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.ExpressionSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Rows behind a shuffle that two places of a plan read. Spark runs one of two equal shuffles; this
 * node keeps them equal, because it requires all columns in both places.
 */
public final class SharedRows extends LogicalPlan implements UnaryNode, Serializable {
  private final LogicalPlan child;

  public SharedRows(LogicalPlan child) {
    this.child = child;
  }

  /** These rows behind a shuffle. */
  public static SharedRows of(LogicalPlan rows) {
    return new SharedRows(new Repartition(rows.conf().numShufflePartitions(), true, rows));
  }

  @Override
  public LogicalPlan child() {
    return child;
  }

  @Override
  public Seq<LogicalPlan> children() {
    return ScalaBridge.seq(child);
  }

  @Override
  public LogicalPlan withNewChildInternal(LogicalPlan newChild) {
    return new SharedRows(newChild);
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
    return withNewChildInternal(children.head());
  }

  @Override
  public Seq<Attribute> output() {
    return child.output();
  }

  @Override
  public AttributeSet references() {
    return child.outputSet();
  }

  @Override
  public ExpressionSet validConstraints() {
    return UnaryNode.super.validConstraints();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SharedRows;
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int n) {
    Objects.checkIndex(n, 1);
    return child;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SharedRows that && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(SharedRows.class, child);
  }
}
