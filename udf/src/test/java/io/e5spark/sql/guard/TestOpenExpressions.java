package io.e5spark.sql.guard;

import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestOpenExpressions {
  private static final NamedLambdaVariable VARIABLE =
      new NamedLambdaVariable(
          "x",
          DataTypes.StringType,
          true,
          NamedExpression.newExprId(),
          new java.util.concurrent.atomic.AtomicReference<>());

  @Test
  void columnsNeedNoSurroundings() {
    assertThat(OpenExpressions.isOpen(new Not(flag("a")))).isFalse();
  }

  @Test
  void aLambdaVariableIsOpenUntilItsFunctionIsPartOfTheExpression() {
    Expression body = new IsNotNull(VARIABLE);
    assertThat(OpenExpressions.isOpen(body)).isTrue();
    LambdaFunction function =
        new LambdaFunction(body, ScalaBridge.seq(List.<NamedExpression>of(VARIABLE)), false);
    assertThat(OpenExpressions.isOpen(function)).isFalse();
  }

  @Test
  void anAggregateIsBoundToItsNode() {
    Expression aggregate = new Max(text("text")).toAggregateExpression();
    assertThat(OpenExpressions.isOpen(new IsNotNull(aggregate))).isTrue();
    assertThat(OpenExpressions.isBound(aggregate)).isTrue();
  }
}
