package io.e5spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestRowKey {
  private static final List<String> COLUMNS = List.of("id", "part");

  private static RowKey key(Object id, Object part) {
    StructType schema =
        new StructType().add("id", DataTypes.StringType).add("part", DataTypes.StringType);
    Row row = new GenericRowWithSchema(new Object[] {id, part}, schema);
    return RowKey.of(row, COLUMNS);
  }

  @Test
  void valuesAreJoinedWithACommaAsPeopleReadThem() {
    assertThat(key("a", 7L)).hasToString("a,7");
    assertThat(key(new byte[] {0, (byte) 0xAB}, null)).hasToString("00ab,null");
    assertThat(key(RowFactory.create("x", 1), 2)).hasToString("[x,1],2");
  }

  @Test
  void equalValuesMakeEqualKeys() {
    assertThat(key(new byte[] {1, 2}, 3)).isEqualTo(key(new byte[] {1, 2}, 3));
    assertThat(key(1, 2)).as("other type of number").isEqualTo(key(1L, 2));
    assertThat(key("a,b", "c")).isNotEqualTo(key("a", "b,c"));
    assertThat(key("null", 1)).isNotEqualTo(key(null, 1));
  }
}
