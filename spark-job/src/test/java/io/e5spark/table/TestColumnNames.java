package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestColumnNames {
  private static void require(String schema, String mode) {
    new ColumnNames("out").require(StructType.fromDDL(schema), mode);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id BIGINT, `Ticket ID` STRING | Ticket ID",
        "id BIGINT, `a;b` STRING | a;b",
        "id BIGINT, author STRUCT<`last name`: STRING> | last name",
        "id BIGINT, authors ARRAY<STRUCT<`last name`: STRING>> | last name",
        "id BIGINT, authors MAP<STRING, STRUCT<`last=name`: STRING>> | last=name"
      })
  void nameThatDeltaDoesNotTakeIsNamedWithTheWayOn(String schema, String name) {
    assertThatThrownBy(() -> require(schema, "none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot write to table out: Delta takes no column named '%s'".formatted(name))
        .hasMessageEndingWith(
            "--conf spark.databricks.delta.properties.defaults.columnMapping.mode=name)");
  }

  @Test
  void otherNamesAreTaken() {
    assertThatCode(() -> require("`größe` INT, `a-b` INT, `a.b` INT, `設定` INT", "none"))
        .doesNotThrowAnyException();
  }

  @Test
  void mappedColumnsHaveAnyName() {
    assertThatCode(() -> require("`Ticket ID` STRING", "name")).doesNotThrowAnyException();
  }
}
