package io.e5spark.sql.guard;

import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.catalyst.Plans;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.ArrayAggregate;
import org.apache.spark.sql.catalyst.expressions.ArrayTransform;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.ZipWith;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestLambdaVariables {
  private static final NamedLambdaVariable X = variable("x");
  private static final NamedLambdaVariable Y = variable("y");
  private static final Attribute COUNT = column("count", DataTypes.IntegerType);
  private static final Expression NONE = array();
  private static final Expression SOME = array(number(1));

  private static NamedLambdaVariable variable(String name) {
    return new NamedLambdaVariable(
        name, DataTypes.IntegerType, true, NamedExpression.newExprId(), new AtomicReference<>());
  }

  private static LambdaFunction lambda(Expression body, NamedLambdaVariable... variables) {
    return new LambdaFunction(body, Plans.named(variables), false);
  }

  private static Expression array(Expression... elements) {
    return new CreateArray(ScalaBridge.seq(List.of(elements)));
  }

  @Test
  void variableIsFreeOutsideItsFunction() {
    Expression body = new Add(X, Y);
    assertThat(LambdaVariables.areFree(body)).isTrue();
    assertThat(LambdaVariables.areFree(lambda(body, X))).isTrue();
    assertThat(LambdaVariables.areFree(lambda(body, X, Y))).isFalse();
    assertThat(LambdaVariables.areFree(new ArrayTransform(array(X), lambda(Y, Y)))).isTrue();
    assertThat(LambdaVariables.areFree(COUNT)).isFalse();
  }

  private static Object hasElements(Expression first, Expression second) {
    ZipWith zipped = new ZipWith(first, second, lambda(X, X, Y));
    return LambdaVariables.hasElements(zipped).eval(InternalRow.empty());
  }

  @Test
  void bodyIsEvaluatedWhereAnArrayHasElements() {
    assertThat(hasElements(NONE, NONE)).isEqualTo(false);
    assertThat(hasElements(SOME, NONE)).isEqualTo(true);
    assertThat(hasElements(NONE, SOME)).isEqualTo(true);
    assertThat(hasElements(Literal.create(null, SOME.dataType()), SOME)).isEqualTo(true);
  }

  @Test
  void lastFunctionOfAnAggregateIsEvaluatedForAnEmptyArrayToo() {
    ArrayAggregate sum =
        new ArrayAggregate(NONE, number(0), lambda(new Add(X, Y), X, Y), lambda(X, X));
    assertThat(LambdaVariables.hasElements(sum)).isNull();
  }
}
