package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestExtremes {
  private static final Attribute A = column("a", DataTypes.IntegerType);
  private static final Attribute B = column("b", DataTypes.IntegerType);

  private static Extremes extremes(boolean ofLeft, Expression... conditions) {
    Join join = new Join(rows(A), rows(B), Inner$.MODULE$, Option.empty(), JoinHint.NONE());
    return Extremes.of(JoinSide.of(join).get(ofLeft ? 0 : 1), List.of(conditions));
  }

  private static Object meets(Extremes extremes, String column, int value) {
    return Plans.value(extremes.condition(), Map.of(column, value, "least", 2, "greatest", 5));
  }

  @Test
  void smallerValueMeetsTheGreatest() {
    Extremes extremes = extremes(true, new LessThan(A, B));
    assertThat(meets(extremes, "a", 4)).isEqualTo(true);
    assertThat(meets(extremes, "a", 5)).isEqualTo(false);
  }

  @Test
  void otherSideMeetsTheLeast() {
    Extremes extremes = extremes(false, new LessThan(A, B));
    assertThat(meets(extremes, "b", 3)).isEqualTo(true);
    assertThat(meets(extremes, "b", 2)).isEqualTo(false);
    assertThat(extremes(true, new GreaterThan(B, A)).condition().references().contains(A)).isTrue();
  }

  @Test
  void anotherValueIsFoundUnlessAllAreTheSame() {
    Extremes extremes = extremes(true, new Not(new EqualTo(A, B)));
    assertThat(meets(extremes, "a", 2)).isEqualTo(true);
    Map<String, Object> one = Map.of("a", 2, "least", 2, "greatest", 2);
    assertThat(Plans.value(extremes.condition(), one)).isEqualTo(false);
  }

  @Test
  void otherConditionsHaveNone() {
    assertThat(extremes(true, new LessThan(A, B), new GreaterThan(A, B))).isNull();
    assertThat(extremes(true, new LessThan(A, B), new GreaterThan(B, number(1)))).isNotNull();
    assertThat(extremes(true, new LessThan(new Abs(A, false), number(1)))).isNull();
    assertThat(extremes(true, new EqualTo(A, B))).isNull();
  }

  @Test
  void rowsBecomeOne() {
    LogicalPlan one = extremes(true, new LessThan(A, B)).in(rows(B));
    assertThat(one.maxRows().get()).isEqualTo(1L);
    assertThat(one.output().size()).isEqualTo(2);
  }
}
