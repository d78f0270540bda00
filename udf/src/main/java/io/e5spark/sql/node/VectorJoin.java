package io.e5spark.sql.node;

import io.e5spark.sql.expression.ScalaBridge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Joins rows by a {@link VectorMatch}. Its output has columns of the query's row, columns of the
 * row that was found, the score, and the rank if there is one. Its inputs are the rows, and the
 * queries if they are rows. All output columns have new ids, so both sides may come from one table.
 */
public final class VectorJoin extends LogicalPlan implements Serializable {
  private final VectorMatch match;
  private final Seq<Expression> rowKeys;
  private final Seq<Expression> rowValues;
  private final Seq<Attribute> rowResults;
  private final Seq<Expression> queryKeys;
  private final Seq<Expression> queryValues;
  private final Seq<Attribute> queryResults;
  private final Seq<Attribute> scores;
  private final Seq<LogicalPlan> inputs;

  /** A join; Spark makes copies with these arguments in this order. */
  public VectorJoin(
      VectorMatch match,
      Seq<Expression> rowKeys,
      Seq<Expression> rowValues,
      Seq<Attribute> rowResults,
      Seq<Expression> queryKeys,
      Seq<Expression> queryValues,
      Seq<Attribute> queryResults,
      Seq<Attribute> scores,
      Seq<LogicalPlan> inputs) {
    this.match = match;
    this.rowKeys = rowKeys;
    this.rowValues = rowValues;
    this.rowResults = rowResults;
    this.queryKeys = queryKeys;
    this.queryValues = queryValues;
    this.queryResults = queryResults;
    this.scores = scores;
    this.inputs = inputs;
  }

  /** A join of whole sides. */
  public VectorJoin(
      VectorMatch match,
      VectorSide rows,
      VectorSide queries,
      Seq<Attribute> scores,
      Seq<LogicalPlan> inputs) {
    this(
        match,
        rows.keys(),
        rows.values(),
        rows.results(),
        queries.keys(),
        queries.values(),
        queries.results(),
        scores,
        inputs);
  }

  /** The rows that are found. */
  public VectorSide rows() {
    return new VectorSide(rowKeys, rowValues, rowResults);
  }

  /** The rows that are searched for. */
  public VectorSide queries() {
    return new VectorSide(queryKeys, queryValues, queryResults);
  }

  public VectorMatch match() {
    return match;
  }

  public Seq<Attribute> scores() {
    return scores;
  }

  @Override
  public Option<Object> maxRows() {
    return match instanceof VectorMatch.Constant constant
        ? Option.apply((long) constant.k())
        : Option.empty();
  }

  @Override
  public Seq<LogicalPlan> children() {
    return inputs;
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
    return new VectorJoin(
        match, rows(), queries(), scores, ScalaBridge.seq(ScalaBridge.list(children)));
  }

  @Override
  public Seq<Attribute> output() {
    List<Attribute> output = new ArrayList<>(ScalaBridge.list(queryResults));
    output.addAll(ScalaBridge.list(rowResults));
    output.addAll(ScalaBridge.list(scores));
    return ScalaBridge.seq(output);
  }

  @Override
  public AttributeSet producedAttributes() {
    return AttributeSet.apply(ScalaBridge.expressions(output()));
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof VectorJoin;
  }

  @Override
  public int productArity() {
    return parts().size();
  }

  @Override
  public Object productElement(int n) {
    return parts().get(n);
  }

  private List<Object> parts() {
    return List.of(
        match,
        rowKeys,
        rowValues,
        rowResults,
        queryKeys,
        queryValues,
        queryResults,
        scores,
        inputs);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VectorJoin that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }
}
