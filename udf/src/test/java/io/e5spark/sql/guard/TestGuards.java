package io.e5spark.sql.guard;

import static io.e5spark.sql.catalyst.Plans.flag;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.catalyst.Plans;
import java.util.Collections;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.junit.jupiter.api.Test;

class TestGuards {
  private static final Attribute A = flag("a");
  private static final Attribute B = flag("b");
  private static final Attribute C = flag("c");
  private static final Expression A_AND_B = Guards.both(A, B);

  @Test
  void secondConditionIsNotComputedWhereTheFirstIsNull() {
    assertThat(Plans.value(A_AND_B, Collections.singletonMap("a", null))).isEqualTo(false);
    assertThat(Plans.value(A_AND_B, Map.of("a", true, "b", true))).isEqualTo(true);
  }

  @Test
  void conditionOfChanceIsLeftOut() {
    assertThat(Guards.both(A, new Rand(Plans.number(1)))).isEqualTo(A);
  }

  @Test
  void narrowerConditionsAddNothing() {
    assertThat(Guards.either(A, A_AND_B)).isEqualTo(A);
    assertThat(Guards.either(B, A_AND_B)).isEqualTo(B);
    assertThat(Guards.either(new Or(A, C), A_AND_B)).isEqualTo(new Or(A, C));
    assertThat(Guards.either(A_AND_B, Guards.both(Guards.both(C, A), B))).isEqualTo(A_AND_B);
  }

  @Test
  void widerConditionsAreAlternatives() {
    assertThat(Guards.either(A_AND_B, A)).isEqualTo(new Or(A_AND_B, A));
    assertThat(Guards.either(A, C)).isEqualTo(new Or(A, C));
    assertThat(Guards.implies(A, A_AND_B)).isFalse();
  }
}
