package io.e5spark.sql.node;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionSet;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import org.apache.spark.sql.types.Metadata;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The rows of its child with the results of calls appended. These calls share a model, an input
 * type and a treatment of errors, and are embedded together.
 */
public final class BatchEmbed extends LogicalPlan implements UnaryNode, Serializable {
  private final Seq<Expression> calls;
  private final Seq<Attribute> results;
  private final LogicalPlan child;

  public BatchEmbed(Seq<Expression> calls, Seq<Attribute> results, LogicalPlan child) {
    this.calls = calls;
    this.results = results;
    this.child = child;
  }

  /** A new column for the results of a call. */
  public static Attribute result(E5Embed call) {
    return new AttributeReference(
        call.prettyName(),
        call.dataType(),
        true,
        Metadata.empty(),
        NamedExpression.newExprId(),
        ScalaBridge.seq(List.of()));
  }

  public Seq<Expression> calls() {
    return calls;
  }

  public Seq<Attribute> results() {
    return results;
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
    return new BatchEmbed(calls, results, newChild);
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
    return withNewChildInternal(children.head());
  }

  @Override
  public Seq<Attribute> output() {
    List<Attribute> output = new ArrayList<>(ScalaBridge.list(child.output()));
    output.addAll(ScalaBridge.list(results));
    return ScalaBridge.seq(output);
  }

  @Override
  public AttributeSet producedAttributes() {
    return AttributeSet.apply(ScalaBridge.expressions(results));
  }

  @Override
  public ExpressionSet validConstraints() {
    return UnaryNode.super.validConstraints();
  }

  @Override
  public Option<Object> maxRows() {
    return child.maxRows();
  }

  @Override
  public Option<Object> maxRowsPerPartition() {
    return child.maxRowsPerPartition();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof BatchEmbed;
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> calls;
      case 1 -> results;
      case 2 -> child;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BatchEmbed that
        && calls.equals(that.calls)
        && results.equals(that.results)
        && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(calls, results, child);
  }
}
