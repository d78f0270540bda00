package io.e5spark.sql.guard;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.junit.jupiter.api.Test;

class TestOrderedConditions {
  private static final Attribute TEXT = text("text");
  private static final Attribute A = flag("a");
  private static final Attribute B = flag("b");
  private static final Expression CALL = new IsNotNull(call(TEXT));
  private static final Expression CHANCE = new IsNull(new Rand(number(5)));

  private static OrderedConditions of(Expression... conditions) {
    return OrderedConditions.of(List.of(conditions).stream().reduce(And::new).orElseThrow());
  }

  @Test
  void whatNeedsNoCallComesFirst() {
    OrderedConditions conditions = of(CALL, A, B);
    assertThat(conditions.cheap()).containsExactly(A, B);
    assertThat(conditions.others()).containsExactly(CALL);
    assertThat(conditions.splits()).isTrue();
    assertThat(of(A, B).splits()).isFalse();
    assertThat(of(CALL).splits()).isFalse();
  }

  @Test
  void chanceStaysBehindTheCallsThatItComesAfter() {
    assertThat(of(CHANCE, CALL).cheap()).containsExactly(CHANCE);
    OrderedConditions behind = of(CALL, CHANCE, A);
    assertThat(behind.cheap()).isEmpty();
    assertThat(behind.others()).containsExactly(CALL, CHANCE, A);
  }

  @Test
  void whatComesBeforeChanceHasAFilterOfItsOwn() {
    Filter calls = of(A, CHANCE, B, CALL).inTwo(rows(TEXT, A, B));
    assertThat(calls.condition()).isSameAs(CALL);
    Filter chance = (Filter) calls.child();
    assertThat(chance.condition()).isEqualTo(new And(CHANCE, B));
    assertThat(((Filter) chance.child()).condition()).isSameAs(A);
  }
}
