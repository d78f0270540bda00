package io.e5spark.sql.node;

import io.e5spark.nearest.RowOrder;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;

/**
 * Orders rows by their first columns, ascending, and rows with equal values by all of their bytes.
 */
final class ColumnOrder implements RowOrder {
  private final List<Expression> first;
  private final List<String> names;
  private final int columns;
  private transient @Nullable InterpretedOrdering ordering;

  /**
   * An order.
   *
   * @param first the columns that order rows
   * @param names what messages call them
   * @param columns the number of all columns
   */
  ColumnOrder(List<Expression> first, List<String> names, int columns) {
    this.first = List.<Expression>copyOf(RowBytes.bound(first, 0));
    this.names = List.copyOf(names);
    this.columns = columns;
  }

  @Override
  public int compare(byte[] a, byte[] b) {
    int byColumns = ordering().compare(row(a), row(b));
    return byColumns == 0 ? Arrays.compareUnsigned(a, b) : byColumns;
  }

  private InterpretedOrdering ordering() {
    InterpretedOrdering made = ordering;
    if (made == null) {
      made = new InterpretedOrdering(ScalaBridge.seq(first.stream().map(this::ascending).toList()));
      ordering = made;
    }
    return made;
  }

  private SortOrder ascending(Expression column) {
    return new SortOrder(
        column, Ascending$.MODULE$, NullsFirst$.MODULE$, ScalaBridge.seq(List.of()));
  }

  private UnsafeRow row(byte[] bytes) {
    return RowBytes.row(bytes, columns);
  }

  @Override
  public String name(byte[] bytes) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      values.add(names.get(i) + "=" + first.get(i).eval(row(bytes)));
    }
    return values.isEmpty() ? "a row" : "the row with " + String.join(", ", values);
  }
}
