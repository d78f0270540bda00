package io.e5spark.sql.node;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import io.e5spark.embed.EmbeddingIterator;
import io.e5spark.embed.EmbeddingListener;
import io.e5spark.embed.WindowEmbedder;
import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction2;

/** The rows of one partition with the results of calls appended; runs in a task. */
final class EmbedPartition
    extends AbstractFunction2<Object, Iterator<InternalRow>, Iterator<InternalRow>>
    implements Serializable {
  private final Seq<Expression> calls;
  private final Seq<Attribute> input;
  private final Seq<Attribute> output;
  private final EmbedderPlan plan;
  private final InputType type;
  private final OnError onError;
  private final EmbeddingListener listener;

  EmbedPartition(
      Seq<Expression> calls,
      Seq<Attribute> input,
      Seq<Attribute> output,
      EmbedderPlan plan,
      InputType type,
      OnError onError,
      EmbeddingListener listener) {
    this.calls = calls;
    this.input = input;
    this.output = output;
    this.plan = plan;
    this.type = type;
    this.onError = onError;
    this.listener = listener;
  }

  @Override
  public Iterator<InternalRow> apply(Object partition, Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    MutableProjection inputs =
        MutableProjection.create(ScalaBridge.map(calls, call -> ((E5Embed) call).text()), input);
    inputs.initialize((Integer) partition);
    WindowEmbedder window =
        new WindowEmbedder(
            Models.embedder(plan),
            type,
            plan.recipe().prompts(),
            onError,
            plan.settings().rows().deduplicate(),
            listener);
    EmbeddingIterator<Pending, InternalRow> joined =
        new EmbeddingIterator<>(
            CollectionConverters.asJava(rows.map(row -> pending(row, inputs))),
            Pending::allTexts,
            Pending::bytes,
            this::join,
            window,
            plan.settings());
    return unsafe(joined, UnsafeProjection.create(ScalaBridge.expressions(output), output));
  }

  /**
   * A row that waits for its results.
   *
   * @param row a copy, because Spark reuses its row objects
   * @param texts for each call, the texts, or null if the call gives null
   */
  private record Pending(InternalRow row, List<@Nullable List<@Nullable String>> texts) {
    long bytes() {
      return row instanceof UnsafeRow unsafe ? unsafe.getSizeInBytes() : 0;
    }

    List<@Nullable String> allTexts() {
      List<@Nullable String> all = new ArrayList<>();
      for (List<@Nullable String> ofCall : texts) {
        if (ofCall != null) {
          all.addAll(ofCall);
        }
      }
      return all;
    }
  }

  private Pending pending(InternalRow row, MutableProjection inputs) {
    InternalRow copy = row.copy();
    InternalRow values = inputs.apply(copy);
    List<@Nullable List<@Nullable String>> texts = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      E5Embed call = (E5Embed) calls.apply(i);
      Object value = values.isNullAt(i) ? null : values.get(i, call.text().dataType());
      texts.add(call.form().texts(value));
    }
    return new Pending(copy, texts);
  }

  private InternalRow join(Pending pending, List<@Nullable Embedding> embeddings) {
    @Nullable Object[] results = new Object[calls.size()];
    int start = 0;
    for (int i = 0; i < results.length; i++) {
      List<@Nullable String> texts = pending.texts().get(i);
      if (texts != null) {
        int end = start + texts.size();
        results[i] = ((E5Embed) calls.apply(i)).form().value(embeddings.subList(start, end));
        start = end;
      }
    }
    return new JoinedRow(pending.row(), new GenericInternalRow(results));
  }

  /** What follows expects rows in one block, and the projection reuses its own row object. */
  private static Iterator<InternalRow> unsafe(
      java.util.Iterator<InternalRow> rows, UnsafeProjection projection) {
    return new AbstractIterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        return projection.apply(rows.next());
      }
    };
  }
}
