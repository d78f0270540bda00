package io.e5spark.sql.node;

import io.e5spark.cluster.MetricsListener;
import io.e5spark.cluster.Models;
import io.e5spark.embed.Counter;
import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag;

/** Runs a {@link BatchEmbed}. */
public final class BatchEmbedExec extends SparkPlan implements UnaryExecNode, Serializable {
  private final Seq<Expression> calls;
  private final Seq<Attribute> results;
  private final SparkPlan child;
  private transient volatile @Nullable Map<Counter, SQLMetric> counters;

  public BatchEmbedExec(Seq<Expression> calls, Seq<Attribute> results, SparkPlan child) {
    this.calls = calls;
    this.results = results;
    this.child = child;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    E5Embed first = (E5Embed) calls.head();
    EmbedPartition partition =
        new EmbedPartition(
            calls,
            child.output(),
            output(),
            Models.plan(first.settings()),
            first.inputType(),
            first.onError(),
            new MetricsListener(counters()));
    return child
        .execute()
        .mapPartitionsWithIndex(partition, true, ClassTag.apply(InternalRow.class));
  }

  private Map<Counter, SQLMetric> counters() {
    Map<Counter, SQLMetric> made = counters;
    if (made == null) {
      synchronized (this) {
        made = counters == null ? newCounters(sparkContext()) : counters;
        counters = made;
      }
    }
    return made;
  }

  private static Map<Counter, SQLMetric> newCounters(SparkContext context) {
    Map<Counter, SQLMetric> metrics = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      metrics.put(
          counter,
          counter.isTime()
              ? SQLMetrics.createNanoTimingMetric(context, counter.label(), 0)
              : SQLMetrics.createMetric(context, counter.label()));
    }
    return metrics;
  }

  @Override
  public scala.collection.immutable.Map<String, SQLMetric> metrics() {
    Map<String, SQLMetric> byName = new LinkedHashMap<>();
    counters().forEach((counter, metric) -> byName.put(counter.name(), metric));
    return scala.collection.immutable.Map.from(
        scala.jdk.javaapi.CollectionConverters.asScala(byName));
  }

  @Override
  public SparkPlan child() {
    return child;
  }

  @Override
  public Seq<SparkPlan> children() {
    return ScalaBridge.seq(child);
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new BatchEmbedExec(calls, results, newChild);
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
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
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public String verboseStringWithOperatorId() {
    return UnaryExecNode.super.verboseStringWithOperatorId();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof BatchEmbedExec;
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
    return other instanceof BatchEmbedExec that
        && calls.equals(that.calls)
        && results.equals(that.results)
        && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(calls, results, child);
  }
}
