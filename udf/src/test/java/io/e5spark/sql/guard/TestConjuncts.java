package io.e5spark.sql.guard;

import static io.e5spark.sql.catalyst.Plans.flag;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.junit.jupiter.api.Test;

class TestConjuncts {
  private static final Expression A = flag("a");
  private static final Expression B = new Not(flag("b"));
  private static final Expression C = new Or(A, flag("c"));
  private static final Expression D = new Not(flag("d"));

  @Test
  void partsKeepTheirOrder() {
    Expression condition = new And(new And(A, B), new And(C, D));
    Conjuncts conjuncts = Conjuncts.divided(condition, Not.class::isInstance);
    assertThat(conjuncts).isEqualTo(new Conjuncts(List.of(B, D), List.of(A, C)));
  }

  @Test
  void oneConditionIsOfOneKind() {
    assertThat(Conjuncts.divided(A, Not.class::isInstance).chosen()).isEmpty();
    assertThat(Conjuncts.divided(B, Not.class::isInstance).rest()).isEmpty();
  }

  @Test
  void allOfThemAreOneCondition() {
    assertThat(Conjuncts.all(List.of(A))).isSameAs(A);
    assertThat(Conjuncts.all(List.of(A, B, C))).isEqualTo(new And(new And(A, B), C));
  }
}
