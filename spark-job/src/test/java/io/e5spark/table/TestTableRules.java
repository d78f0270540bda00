package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestTableRules {
  @Test
  void constraintsAndColumnsWithoutNullsAreRules() {
    Map<String, String> properties =
        Map.of("delta.constraints.small", "id < 9", "delta.appendOnly", "true");
    assertThat(TableRules.of(properties, StructType.fromDDL("id INT NOT NULL, x INT")).rules())
        .containsOnly(
            Map.entry("constraint small (id < 9)", "id < 9"),
            Map.entry("NOT NULL column id", "`id` IS NOT NULL"));
  }
}
