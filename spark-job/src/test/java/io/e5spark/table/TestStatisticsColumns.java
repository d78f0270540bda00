package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestStatisticsColumns {
  private static final StructType ROWS = StructType.fromDDL("id INT, `a,b` INT, s STRUCT<t: INT>");

  private static Map<String, String> kept(String names) {
    Map<String, String> properties = new HashMap<>(Map.of(StatisticsColumns.PROPERTY, names));
    StatisticsColumns.keep(properties, ROWS);
    return properties;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id, `embedding_list` | id",
        "`a,b`,ID             | `a,b`, ID",
        "s.t, s.u, id.x       | s.t",
        "gone, s.u            | ''",
        "''                   | ''"
      })
  void onlyColumnsThatTheRowsHaveStay(String names, String expected) {
    assertThat(kept(names)).containsExactly(Map.entry(StatisticsColumns.PROPERTY, expected));
  }

  @Test
  void tableWithoutLimitsGetsNone() {
    Map<String, String> none = new HashMap<>(Map.of("a", "b"));
    StatisticsColumns.keep(none, ROWS);
    assertThat(none).containsExactly(Map.entry("a", "b"));
  }
}
