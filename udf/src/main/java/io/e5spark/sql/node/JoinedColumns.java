package io.e5spark.sql.node;

import io.e5spark.nearest.NearPair;
import io.e5spark.nearest.Neighbour;
import io.e5spark.sql.expression.ScalaBridge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows from two rows as bytes, the score and the rank; the columns of a missing second row
 * are null.
 *
 * @param left the number of columns of the first row
 * @param right the number of columns of the second row
 * @param output the columns that come out, of both rows
 */
record JoinedColumns(int left, int right, List<Expression> output) implements Serializable {

  Iterator<InternalRow> ofNeighbours(Iterator<Neighbour> found) {
    UnsafeProjection projection = projection(List.of(DataTypes.DoubleType, DataTypes.IntegerType));
    return rows(found, one -> projection.apply(joined(one)));
  }

  private InternalRow joined(Neighbour one) {
    return one.isFound()
        ? joined(one.query(), RowBytes.row(one.row(), right), (double) one.score(), one.rank())
        : joined(one.query(), new GenericInternalRow(right), null, null);
  }

  Iterator<InternalRow> ofPairs(Iterator<NearPair> found) {
    UnsafeProjection projection = projection(List.of(DataTypes.DoubleType));
    return rows(
        found,
        one ->
            projection.apply(
                joined(one.first(), RowBytes.row(one.second(), right), (double) one.score())));
  }

  private UnsafeProjection projection(List<DataType> numbers) {
    List<Expression> all = new ArrayList<>(output);
    for (int i = 0; i < numbers.size(); i++) {
      all.add(new BoundReference(left + right + i, numbers.get(i), true));
    }
    return UnsafeProjection.create(ScalaBridge.seq(all));
  }

  private InternalRow joined(byte[] first, InternalRow second, @Nullable Object... numbers) {
    return new JoinedRow(
        new JoinedRow(RowBytes.row(first, left), second), new GenericInternalRow(numbers));
  }

  private static <T> Iterator<InternalRow> rows(Iterator<T> found, Function<T, InternalRow> toRow) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return found.hasNext();
      }

      @Override
      public InternalRow next() {
        return toRow.apply(found.next());
      }
    };
  }
}
