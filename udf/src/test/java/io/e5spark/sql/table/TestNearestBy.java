package io.e5spark.sql.table;

import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestNearestBy {
  private static final Attribute FLAG = column("flag", DataTypes.BooleanType);

  private static boolean isPlain(LogicalPlan left, int k, Expression ranking) {
    return new NearestBy(left, rows(FLAG), true, k, ranking, true).isPlain();
  }

  @Test
  void otherNodesAreNone() {
    assertThat(NearestBy.of(rows(FLAG))).isEmpty();
    assertThat(NearestBy.of(new Filter(FLAG, rows(FLAG)))).isEmpty();
  }

  @Test
  void whatSparkWouldRefuseIsNotPlain() {
    assertThat(isPlain(rows(FLAG), 1, number(1))).isTrue();
    assertThat(isPlain(rows(FLAG), 0, number(1))).isFalse();
    assertThat(isPlain(rows(FLAG), 100_001, number(1))).isFalse();
    assertThat(isPlain(rows(FLAG), 1, new Rand(number(1)))).isFalse();
    Expression outside = new OuterReference(FLAG);
    assertThat(isPlain(rows(FLAG), 1, outside)).isFalse();
    assertThat(isPlain(new Filter(outside, rows(FLAG)), 1, number(1))).isFalse();
  }
}
