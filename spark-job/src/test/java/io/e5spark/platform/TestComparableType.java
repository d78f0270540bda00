package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Tests that {@link ComparableType} decides by types, not by the names of fields. */
class TestComparableType {
  private static boolean isComparable(String ddl) {
    DataType struct = StructType.fromDDL(ddl);
    return ComparableType.is(struct);
  }

  @Test
  void namesDecideNothing() {
    assertThat(isComparable("variant STRING, `map<a` INT")).isTrue();
    assertThat(isComparable("kept STRUCT<variant: STRING, `a map<b,c>`: ARRAY<INT>>")).isTrue();
    assertThat(ComparableType.is(DataTypes.BinaryType)).isTrue();
  }

  @Test
  void mapsAndVariantsAreFoundAtAnyDepth() {
    assertThat(isComparable("kept MAP<STRING, INT>")).isFalse();
    assertThat(isComparable("kept ARRAY<STRUCT<a: INT, b: MAP<STRING, INT>>>")).isFalse();
    assertThat(isComparable("kept VARIANT")).isFalse();
    assertThat(isComparable("kept ARRAY<STRUCT<a: ARRAY<VARIANT>>>")).isFalse();
  }
}
