package io.e5spark.sql.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.nearest.NearPair;
import io.e5spark.nearest.Neighbour;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestJoinedColumns {
  /** Selects the first of two columns of the second row, and the only column of the first row. */
  private static final JoinedColumns COLUMNS =
      new JoinedColumns(
          1,
          2,
          List.of(
              new BoundReference(1, DataTypes.LongType, true),
              new BoundReference(0, DataTypes.LongType, true)));

  private static byte[] row(long... values) {
    byte[] bytes = new byte[8 + values.length * 8];
    UnsafeRow row = RowBytes.row(bytes, values.length);
    for (int i = 0; i < values.length; i++) {
      row.setLong(i, values[i]);
    }
    return bytes;
  }

  @Test
  void neighboursAreRowsWithScoreAndRank() {
    Iterator<InternalRow> rows =
        COLUMNS.ofNeighbours(List.of(new Neighbour(row(7), row(8, 9), 0.5f, 3)).iterator());
    InternalRow one = rows.next();
    assertThat(one.getLong(0)).isEqualTo(8);
    assertThat(one.getLong(1)).isEqualTo(7);
    assertThat(one.getDouble(2)).isEqualTo(0.5);
    assertThat(one.getInt(3)).isEqualTo(3);
    assertThat(rows.hasNext()).isFalse();
  }

  @Test
  void pairsAreRowsWithTheScore() {
    InternalRow one =
        COLUMNS.ofPairs(List.of(new NearPair(row(7), row(8, 9), 0.5f)).iterator()).next();
    assertThat(one.numFields()).isEqualTo(3);
    assertThat(one.getLong(0)).isEqualTo(8);
    assertThat(one.getDouble(2)).isEqualTo(0.5);
  }
}
