package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.FLAG;
import static io.e5spark.sql.catalyst.Plans.OTHER;
import static io.e5spark.sql.catalyst.Plans.TEXT;
import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.junit.jupiter.api.Test;

class TestGuardedCalls {
  private static List<GuardedCalls.Guarded> of(Expression... expressions) {
    return GuardedCalls.of(List.of(expressions));
  }

  @Test
  void callThatIsAlwaysReachedHasNoGuard() {
    List<GuardedCalls.Guarded> calls = of(new IsNotNull(call(TEXT)));
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).guard()).isNull();
    assertThat(calls.get(0).lifted().text()).isEqualTo(TEXT);
  }

  @Test
  void equalCallsAreOne() {
    assertThat(of(call(TEXT), new IsNotNull(call(TEXT)), call(OTHER))).hasSize(2);
  }

  @Test
  void branchOfIfIsGuardedByItsCondition() {
    Expression nothing = Literal.create(null, call(TEXT).dataType());
    List<GuardedCalls.Guarded> calls = of(new If(FLAG, call(TEXT), nothing));
    assertThat(calls.get(0).guard()).isEqualTo(FLAG);
    assertThat(calls.get(0).lifted().text()).isInstanceOf(If.class);
  }

  @Test
  void callThatIsReachedElsewhereWithoutConditionHasNoGuard() {
    Expression nothing = Literal.create(null, call(TEXT).dataType());
    assertThat(of(new If(FLAG, call(TEXT), nothing), call(TEXT)).get(0).guard()).isNull();
  }

  @Test
  void rightSidesOfAndAndOrAreGuardedByTheirLeft() {
    Expression test = new IsNotNull(call(TEXT));
    assertThat(of(new And(FLAG, test)).get(0).guard()).isNotNull();
    assertThat(of(new Or(FLAG, test)).get(0).guard()).isNotNull();
    assertThat(of(new And(test, FLAG)).get(0).guard()).isNull();
  }

  @Test
  void laterArgumentsOfCoalesceAreGuardedByTheEarlier() {
    Expression coalesce =
        new Coalesce(ScalaBridge.seq(List.<Expression>of(Plans.VECTOR, call(TEXT))));
    assertThat(of(coalesce).get(0).guard()).isNotNull();
  }

  @Test
  void callWhoseGuardHoldsACallComesAnotherTime() {
    Expression nothing = Literal.create(null, call(TEXT).dataType());
    Expression guarded = new If(new IsNotNull(call(OTHER)), call(TEXT), nothing);
    List<GuardedCalls.Guarded> calls = of(guarded);
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).call().text()).isEqualTo(OTHER);
  }

  @Test
  void literalsAreNoCallsToLift() {
    assertThat(of(call(text("salt")))).isEmpty();
    assertThat(GuardedCalls.containsCall(new IsNotNull(call(text("salt"))))).isFalse();
    assertThat(GuardedCalls.containsCall(new IsNotNull(call(TEXT)))).isTrue();
  }
}
