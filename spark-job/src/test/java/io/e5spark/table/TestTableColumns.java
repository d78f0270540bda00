package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTableColumns {
  private static final String PRESENT = "id BIGINT, lang STRING, v ARRAY<FLOAT>";

  private static void requireSame(String rows) {
    new TableColumns("out", "`out`", StructType.fromDDL(PRESENT), new VectorColumns("v"))
        .requireSame(StructType.fromDDL(rows));
  }

  @Test
  void orderAndCaseAreFree() {
    assertThatCode(() -> requireSame("v ARRAY<FLOAT>, Lang STRING, id BIGINT NOT NULL"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id BIGINT, v ARRAY<FLOAT> | carry it over with --keep-columns lang",
        "id STRING, lang STRING, v ARRAY<FLOAT> | its column id is BIGINT, and this job's is STRING",
        "id BIGINT, lang STRING, v ARRAY<FLOAT>, x DATE | ALTER TABLE `out` ADD COLUMN `x` DATE",
        "id BIGINT, lang STRING, v ARRAY<FLOAT>, v_hash STRING | merge into another --output"
      })
  void aDifferenceIsNamedWithTheWayOn(String rows, String way) {
    assertThatThrownBy(() -> requireSame(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(way);
  }
}
