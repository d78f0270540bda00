package io.e5spark.sql.node;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.collection.immutable.Seq;

/**
 * One side of a {@link VectorJoin}.
 *
 * @param keys columns of its input: the vector, and the columns that order rows with equal scores;
 *     empty if the side has no input of its own
 * @param values the columns of its input that come out
 * @param results the names and ids under which they come out
 */
public record VectorSide(Seq<Expression> keys, Seq<Expression> values, Seq<Attribute> results) {
  /** A side without columns. */
  public static final VectorSide NONE =
      new VectorSide(
          ScalaBridge.seq(List.of()), ScalaBridge.seq(List.of()), ScalaBridge.seq(List.of()));

  /** A side whose columns all come out, under new ids. */
  public static VectorSide of(Seq<Expression> keys, Seq<Attribute> output) {
    return new VectorSide(
        keys, ScalaBridge.expressions(output), ScalaBridge.map(output, Attribute::newInstance));
  }

  /** The side with only the results in a list. */
  public VectorSide keeping(java.util.function.Predicate<Attribute> wanted) {
    List<Expression> kept = new ArrayList<>();
    List<Attribute> named = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (wanted.test(results.apply(i))) {
        kept.add(values.apply(i));
        named.add(results.apply(i));
      }
    }
    return new VectorSide(keys, ScalaBridge.seq(kept), ScalaBridge.seq(named));
  }
}
