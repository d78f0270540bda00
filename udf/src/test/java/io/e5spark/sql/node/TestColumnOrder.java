package io.e5spark.sql.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestColumnOrder {
  private static final Expression NUMBER = new BoundReference(5, DataTypes.LongType, true);

  private static byte[] row(long first, long second, boolean isNull) {
    byte[] bytes = new byte[8 + 2 * 8];
    UnsafeRow row = RowBytes.row(bytes, 2);
    row.setLong(0, first);
    row.setLong(1, second);
    if (isNull) {
      row.setNullAt(0);
    }
    return bytes;
  }

  @Test
  void rowsGoByTheirFirstColumnsAsNumbers() {
    ColumnOrder order = new ColumnOrder(List.of(NUMBER), List.of("id"), 2);
    assertThat(order.compare(row(-3, 0, false), row(200, 0, false))).isNegative();
    assertThat(order.compare(row(200, 0, false), row(-3, 0, false))).isPositive();
    assertThat(order.compare(row(0, 0, true), row(-3, 0, false))).isNegative();
  }

  @Test
  void equalOnesGoByTheirBytesSoThatNoOrderOfArrivalMatters() {
    ColumnOrder order = new ColumnOrder(List.of(NUMBER), List.of("id"), 2);
    assertThat(order.compare(row(1, 1, false), row(1, 2, false))).isNegative();
    assertThat(order.compare(row(1, 2, false), row(1, 1, false))).isPositive();
    assertThat(order.compare(row(1, 2, false), row(1, 2, false))).isZero();
  }

  @Test
  void rowIsCalledByItsIds() {
    assertThat(new ColumnOrder(List.of(NUMBER), List.of("id"), 2).name(row(7, 0, false)))
        .isEqualTo("the row with id=7");
    assertThat(new ColumnOrder(List.of(), List.of(), 2).name(row(7, 0, false))).isEqualTo("a row");
  }
}
