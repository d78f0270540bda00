package io.e5spark.sql.table;

import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.lists.Centroids;
import io.e5spark.lists.StatedIndex;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestProbedTable {
  private static final Attribute VECTOR =
      column("v", DataTypes.createArrayType(DataTypes.FloatType));
  private static final StatedIndex INDEX =
      new StatedIndex("one", "f", "v_list", 10, 3, "lists", Optional.empty());
  private static final Centroids CENTROIDS =
      Centroids.of(List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {-1, 0}));

  private static ProbedTable table(Attribute... columns) {
    SearchedTable table =
        new SearchedTable("t", rows(columns), Optional.empty(), Optional.of(INDEX), VECTOR);
    return new ProbedTable(table, INDEX, CENTROIDS);
  }

  @Test
  void rowsOfTheNearestListsAndOfNoListAreRead() {
    SearchedTable near =
        table(VECTOR, column("v_list", DataTypes.IntegerType)).near(new float[] {0, 1}, 2);
    assertThat(((Filter) near.plan()).condition().sql())
        .contains("(v_list IS NULL)", "(v_list < 10)", "(v_list > 12)")
        .contains("(v_list = 11)", "(v_list = 10)")
        .doesNotContain("(v_list = 12)");
  }

  @Test
  void allListsAreTheTableItself() {
    ProbedTable table = table(VECTOR, column("v_list", DataTypes.IntegerType));
    assertThat(table.near(new float[] {0, 1}, 3)).isSameAs(table.table());
    assertThat(table.near(new float[] {0, 1}, 99)).isSameAs(table.table());
  }

  @Test
  void tableWithoutTheColumnOfTheListsIsRefused() {
    assertThatThrownBy(() -> table(VECTOR).near(new float[] {0, 1}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot search table t: it lacks the column v_list of its index (add it to TABLE(SELECT …))");
  }
}
