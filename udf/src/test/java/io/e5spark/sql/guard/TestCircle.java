package io.e5spark.sql.guard;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.junit.jupiter.api.Test;

class TestCircle {
  private static final Attribute FLAG = flag("flag");
  private static final E5Embed FIRST = call(text("first"));
  private static final E5Embed SECOND = call(text("second"));

  private static List<GuardedCall> waiting(Expression... expressions) {
    return GuardedCalls.all(List.of(expressions));
  }

  /**
   * The first call is reached where the flag holds, and where the condition with the second call is
   * null.
   */
  private static final Expression EACH_UNDER_THE_OTHER =
      new Coalesce(
          ScalaBridge.seq(
              List.of(
                  new And(new And(FLAG, new IsNotNull(FIRST)), new IsNotNull(SECOND)),
                  new IsNotNull(FIRST))));

  @Test
  void callThatSomeRowsReachWithoutTheOtherComesFirst() {
    assertThat(GuardedCalls.of(List.of(EACH_UNDER_THE_OTHER))).isEmpty();
    Circle circle = Circle.opened(waiting(EACH_UNDER_THE_OTHER));
    If choice = (If) circle.first().text();
    assertThat(choice.predicate()).isEqualTo(Guards.isNotFalse(FLAG));
    assertThat(choice.trueValue()).isEqualTo(FIRST.text());
  }

  @Test
  void otherIsReachedWhereTheFirstResultSaysSo() {
    Circle circle = Circle.opened(waiting(EACH_UNDER_THE_OTHER));
    assertThat(circle.freed()).hasSize(1);
    GuardedCall freed = circle.freed().get(0);
    assertThat(freed.call()).isEqualTo(SECOND);
    assertThat(freed.guard().references().contains(circle.result())).isTrue();
    assertThat(GuardedCall.isIn(freed.guard())).isFalse();
  }

  @Test
  void callsThatWaitForNoneOfEachOtherAreNoCircle() {
    assertThat(Circle.opened(waiting(new IsNotNull(FIRST)))).isNull();
  }
}
