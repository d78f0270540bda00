package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.guard.OrderedConditions;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestJoinSide {
  private static final Attribute A = text("a");
  private static final Attribute B = text("b");
  private static final LogicalPlan LEFT = rows(A);
  private static final LogicalPlan RIGHT = rows(B);
  private static final JoinSide SIDE = sides(Inner$.MODULE$, Option.empty()).get(0);

  private static List<JoinSide> sides(JoinType type, Option<Expression> condition) {
    return JoinSide.of(new Join(LEFT, RIGHT, type, condition, JoinHint.NONE()));
  }

  @Test
  void leftComesFirst() {
    List<JoinSide> sides = sides(LeftOuter$.MODULE$, Option.empty());
    assertThat(sides).extracting(JoinSide::plan).containsExactly(LEFT, RIGHT);
    assertThat(sides).extracting(JoinSide::other).containsExactly(RIGHT, LEFT);
    assertThat(sides).noneMatch(JoinSide::isInner);
    assertThat(SIDE.isInner()).isTrue();
  }

  @Test
  void sideHasWhatItsColumnsSuffice() {
    assertThat(SIDE.has(call(A))).isTrue();
    assertThat(SIDE.has(new EqualTo(A, B))).isFalse();
    assertThat(SIDE.has(string("literal"))).isTrue();
  }

  @Test
  void keyIsAnEqualityAcrossTheSides() {
    assertThat(SIDE.hasKey(List.of(new EqualTo(A, B)))).isTrue();
    assertThat(SIDE.hasKey(List.of(new EqualNullSafe(B, A)))).isTrue();
    assertThat(SIDE.hasKey(List.of(new EqualTo(A, string("x")), new GreaterThan(A, B)))).isFalse();
    assertThat(SIDE.hasKey(List.of(new EqualTo(A, A)))).isFalse();
  }

  @Test
  void conditionsWithoutCallsAreCheap() {
    Expression equal = new EqualTo(A, B);
    Expression called = new IsNotNull(call(A));
    OrderedConditions conditions =
        sides(Inner$.MODULE$, Option.apply(new And(called, equal))).get(0).conditions();
    assertThat(conditions).isEqualTo(new OrderedConditions(List.of(equal), List.of(called)));
    assertThat(SIDE.conditions()).isEqualTo(OrderedConditions.none());
  }
}
