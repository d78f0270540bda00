package io.e5spark.sql.table;

import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.model.Prompts;
import io.e5spark.model.StatedVectors;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestSearchedTable {
  private static final Attribute VECTOR =
      column("v", DataTypes.createArrayType(DataTypes.FloatType));

  private static SearchedTable table(Optional<StatedVectors> stated, String... others) {
    Attribute[] columns =
        Stream.concat(
                Stream.of(VECTOR), Stream.of(others).map(one -> column(one, DataTypes.LongType)))
            .toArray(Attribute[]::new);
    return new SearchedTable("t", rows(columns), stated, Optional.empty(), VECTOR);
  }

  private static Optional<StatedVectors> stated(String fingerprint, String... ids) {
    return Optional.of(
        new StatedVectors(
            "m", fingerprint, 3, InputType.PASSAGE, "v", Prompts.E5, Map.of(), List.of(ids)));
  }

  private static List<String> keys(SearchedTable table) {
    return ScalaBridge.list(table.side().keys()).stream()
        .map(key -> ((NamedExpression) key).name())
        .toList();
  }

  @Test
  void rowsAreOrderedByTheIdsThatTheTableStates() {
    assertThat(keys(table(stated("f", "b", "a"), "id", "a", "b"))).containsExactly("v", "b", "a");
    assertThat(keys(table(stated("f", "gone"), "id", "a"))).containsExactly("v", "id");
  }

  @Test
  void rowsOfOtherTablesAreOrderedByTheUsualIdOrTheFirstColumn() {
    assertThat(keys(table(Optional.empty(), "a", "_id"))).containsExactly("v", "_id");
    assertThat(keys(table(Optional.empty(), "a", "b"))).containsExactly("v", "a");
    assertThat(keys(table(Optional.empty()))).containsExactly("v");
  }

  @Test
  void tablesOfTwoModelsAreNotComparedAsFarAsBothSay() {
    SearchedTable one = table(stated("f"));
    assertThatThrownBy(() -> one.requireComparable(table(stated("g"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot search table t: its vectors were made by model m with fingerprint f, those of table t by m with g");
    assertThatCode(() -> one.requireComparable(table(stated("f")))).doesNotThrowAnyException();
    assertThatCode(() -> one.requireComparable(table(Optional.empty()))).doesNotThrowAnyException();
  }

  @Test
  void dimensionIsThatWhichTheTableStates() {
    assertThat(table(stated("f")).dimension()).isEqualTo(3);
    assertThat(table(Optional.empty()).dimension()).isZero();
  }
}
