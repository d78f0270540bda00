package io.e5spark.sql.node;

import io.e5spark.nearest.Candidate;
import io.e5spark.nearest.Candidates;
import io.e5spark.nearest.Unmatched;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.VectorReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;

/**
 * Rows as bytes, with their vectors beside them.
 *
 * @param vector the column with the vectors
 * @param columns the columns that the bytes hold
 */
record RowBytes(Expression vector, Seq<Expression> columns) implements Serializable {
  /** The vector, and the other columns that come out, in this order. */
  static RowBytes of(Seq<Expression> keys, List<Seq<Expression>> values) {
    List<Expression> columns = new ArrayList<>(ordering(keys));
    values.forEach(some -> columns.addAll(ScalaBridge.list(some)));
    return new RowBytes(keys.head(), ScalaBridge.seq(columns));
  }

  /** The columns that order rows. */
  static List<Expression> ordering(Seq<Expression> keys) {
    return ScalaBridge.list(keys).subList(1, keys.size());
  }

  /** The rows of a plan that have a vector. */
  JavaRDD<Candidate> candidates(SparkPlan plan, int dimension) {
    return candidates(plan, dimension, Unmatched.LEFT_OUT);
  }

  /** The rows of a plan, including those without a vector if they are kept. */
  JavaRDD<Candidate> candidates(SparkPlan plan, int dimension, Unmatched withoutVector) {
    Seq<Attribute> input = plan.output();
    return plan.execute()
        .toJavaRDD()
        .mapPartitions(rows -> candidates(rows, input, dimension, withoutVector));
  }

  private Iterator<Candidate> candidates(
      Iterator<InternalRow> rows, Seq<Attribute> input, int dimension, Unmatched withoutVector) {
    VectorReader reader = VectorReader.of(vector.dataType(), dimension);
    MutableProjection vectors = MutableProjection.create(ScalaBridge.seq(vector), input);
    UnsafeProjection bytes = UnsafeProjection.create(columns, input);
    return Candidates.of(
        rows,
        row -> reader.read(vectors.apply(row), 0),
        row -> bytes.apply(row).copy().getBytes(),
        withoutVector);
  }

  /** The row that the bytes represent. */
  static UnsafeRow row(byte[] bytes, int columns) {
    UnsafeRow row = new UnsafeRow(columns);
    row.pointTo(bytes, bytes.length);
    return row;
  }

  /**
   * The columns of rows that are read from bytes.
   *
   * @param first the position of the first one among all columns
   */
  static List<BoundReference> bound(List<Expression> columns, int first) {
    List<BoundReference> bound = new ArrayList<>();
    for (Expression column : columns) {
      bound.add(new BoundReference(first + bound.size(), column.dataType(), column.nullable()));
    }
    return bound;
  }
}
