package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestListStatistics {
  private static final String NAMED = "delta.dataSkippingStatsColumns";
  private static final String COUNT = "delta.dataSkippingNumIndexedCols";

  private static ListStatistics of(Map<String, String> table) {
    return new ListStatistics("embedding_list", table);
  }

  private static StructType columns(int count) {
    return StructType.fromDDL(
        IntStream.range(0, count)
            .mapToObj(i -> "c" + i + " INT")
            .collect(Collectors.joining(", ")));
  }

  @Test
  void columnIsAddedToTheColumnsThatTheOwnerNames() {
    assertThat(of(Map.of(NAMED, "id, `a b`")).properties())
        .isEqualTo(Map.of(NAMED, "id, `a b`, `embedding_list`"));
    assertThat(of(Map.of(NAMED, "id,`embedding_list`")).properties()).isEmpty();
    assertThat(of(Map.of(NAMED, "embedding_list")).properties()).isEmpty();
  }

  @Test
  void columnIsTheOnlyOneWhereTheOwnerWantsNoStatistics() {
    assertThat(of(Map.of(COUNT, "0")).properties()).isEqualTo(Map.of(NAMED, "`embedding_list`"));
    assertThat(of(Map.of(NAMED, "")).properties()).isEqualTo(Map.of(NAMED, "`embedding_list`"));
    assertThat(of(Map.of(COUNT, "3")).properties()).isEmpty();
    assertThat(of(Map.of()).properties()).isEmpty();
  }

  @Test
  void columnComesFirstWhereDeltaKeepsNoStatisticsOfTheLast() {
    assertThat(of(Map.of()).mustComeFirst(columns(31))).isFalse();
    assertThat(of(Map.of()).mustComeFirst(columns(32))).isTrue();
    assertThat(of(Map.of(COUNT, "-1")).mustComeFirst(columns(50))).isFalse();
    assertThat(of(Map.of(COUNT, "2")).mustComeFirst(columns(1))).isFalse();
    assertThat(of(Map.of(COUNT, "0")).mustComeFirst(columns(1))).isFalse();
    assertThat(of(Map.of(NAMED, "id")).mustComeFirst(columns(50))).isFalse();
  }

  @Test
  void fieldsOfAStructCountOneByOne() {
    StructType nested = StructType.fromDDL("id INT, s STRUCT<a: INT, b: STRUCT<c: INT>>");
    assertThat(of(Map.of(COUNT, "3")).mustComeFirst(nested)).isTrue();
    assertThat(of(Map.of(COUNT, "4")).mustComeFirst(nested)).isFalse();
  }
}
