package io.e5spark.sql.guard;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.catalyst.Plans;
import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.E5Similarity;
import io.e5spark.sql.expression.EmbedForm;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.UnevaluableEmbed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.ArrayExists;
import org.apache.spark.sql.catalyst.expressions.ArrayTransform;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Option;
import scala.Tuple2;

class TestGuardedCalls {
  private static final Attribute TEXT = text("text");
  private static final Attribute OTHER = text("other");
  private static final Attribute FLAG = flag("flag");
  private static final Attribute SECOND = flag("second");
  private static final E5Embed CALL = call(TEXT);
  private static final Expression NULL = Literal.create(null, EmbedForm.VECTOR_TYPE);
  private static final UTF8String WORDS = UTF8String.fromString("words");

  private static List<GuardedCall> of(Expression... expressions) {
    return GuardedCalls.of(List.of(expressions));
  }

  private static GuardedCall only(Expression... expressions) {
    List<GuardedCall> calls = of(expressions);
    assertThat(calls).hasSize(1);
    return calls.get(0);
  }

  private static CaseWhen cases(Expression otherwise, Expression... conditionsAndValues) {
    List<Tuple2<Expression, Expression>> branches = new java.util.ArrayList<>();
    for (int i = 0; i < conditionsAndValues.length; i += 2) {
      branches.add(new Tuple2<>(conditionsAndValues[i], conditionsAndValues[i + 1]));
    }
    return new CaseWhen(ScalaBridge.seq(branches), Option.apply(otherwise));
  }

  /** Returns whether the lifted call embeds the text of a row, and not null in its place. */
  private static boolean embeds(Expression expression, Boolean flag, Boolean second) {
    Map<String, Object> row = new HashMap<>();
    row.put("text", WORDS);
    row.put("flag", flag);
    row.put("second", second);
    Object text = Plans.value(only(expression).lifted().text(), row);
    assertThat(text).isIn(WORDS, null);
    return text != null;
  }

  /**
   * Returns expressions, and whether each reaches its call where the flag is true, false and null.
   */
  static Stream<Object[]> conditions() {
    Expression isNull = new IsNull(CALL);
    Expression none = Literal.create(null, DataTypes.StringType);
    Expression flagged = new If(FLAG, Plans.string("a"), none);
    Expression cast = new If(new IsNotNull(CALL), Plans.string("b"), none);
    return Stream.of(
        new Object[] {isNull, List.of(true, true, true)},
        new Object[] {new If(FLAG, CALL, NULL), List.of(true, false, false)},
        new Object[] {new If(FLAG, NULL, CALL), List.of(false, true, true)},
        new Object[] {new If(isNull, TEXT, OTHER), List.of(true, true, true)},
        new Object[] {new And(FLAG, isNull), List.of(true, false, true)},
        new Object[] {new And(isNull, FLAG), List.of(true, true, true)},
        new Object[] {new Or(FLAG, isNull), List.of(false, true, true)},
        new Object[] {new Or(isNull, FLAG), List.of(true, true, true)},
        new Object[] {
          new Coalesce(ScalaBridge.seq(List.of(flagged, cast))), List.of(false, true, true)
        },
        new Object[] {
          new Coalesce(ScalaBridge.seq(List.of(cast, flagged))), List.of(true, true, true)
        },
        new Object[] {cases(NULL, FLAG, CALL), List.of(true, false, false)},
        new Object[] {cases(CALL, FLAG, NULL), List.of(false, true, true)},
        new Object[] {cases(null, FLAG, NULL, new Not(FLAG), CALL), List.of(false, true, false)},
        new Object[] {
          new Max(CALL).toAggregateExpression(false, Option.apply(FLAG)),
          List.of(true, false, false)
        });
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void rowsThatReachTheCallAreEmbedded(Expression expression, List<Boolean> reached) {
    assertThat(embeds(expression, true, null)).as("true").isEqualTo(reached.get(0));
    assertThat(embeds(expression, false, null)).as("false").isEqualTo(reached.get(1));
    assertThat(embeds(expression, null, null)).as("null").isEqualTo(reached.get(2));
  }

  @Test
  void nestedConditionsAllHold() {
    Expression nested = new If(FLAG, new If(SECOND, CALL, NULL), NULL);
    assertThat(embeds(nested, true, true)).isTrue();
    assertThat(embeds(nested, true, false)).isFalse();
    assertThat(embeds(nested, false, true)).isFalse();
    assertThat(embeds(nested, null, true)).isFalse();
  }

  @Test
  void laterCasesAreReachedWhereNoEarlierOneHolds() {
    Expression cases = cases(NULL, FLAG, NULL, SECOND, CALL);
    assertThat(embeds(cases, false, true)).isTrue();
    assertThat(embeds(cases, true, true)).isFalse();
    assertThat(embeds(cases, null, false)).isFalse();
  }

  @Test
  void callThatStandsTwiceIsReachedByEither() {
    Expression first = new If(FLAG, CALL, NULL);
    Expression second = new If(SECOND, call(TEXT), NULL);
    GuardedCall call = only(first, second);
    Map<String, Object> row = new HashMap<>(Map.of("flag", false, "second", true));
    assertThat(Plans.value(call.guard(), row)).isEqualTo(true);
    row.put("second", false);
    assertThat(Plans.value(call.guard(), row)).isEqualTo(false);
    assertThat(only(first, CALL).guard()).isNull();
    assertThat(only(CALL, first).guard()).isNull();
  }

  @Test
  void conditionOnTheCallItselfIsOneOfWhatReachesItFirst() {
    Expression tested = new And(FLAG, new IsNotNull(CALL));
    assertThat(embeds(new If(tested, call(TEXT), NULL), true, null)).isTrue();
    assertThat(embeds(new If(tested, call(TEXT), NULL), false, null)).isFalse();
    Expression either = new If(new Or(FLAG, new IsNotNull(CALL)), call(TEXT), NULL);
    assertThat(embeds(either, true, null)).isTrue();
    assertThat(embeds(either, false, null)).isTrue();
  }

  @Test
  void narrowerConditionAddsNothing() {
    Expression narrower = new If(FLAG, new If(new IsNull(call(OTHER)), call(TEXT), NULL), NULL);
    List<GuardedCall> calls = of(new If(FLAG, CALL, NULL), narrower);
    assertThat(calls.get(0).guard()).isEqualTo(FLAG);
    assertThat(calls).extracting(GuardedCall::call).containsExactly(CALL, call(OTHER));
  }

  @Test
  void conditionOnACallOfTheCallItselfWaitsForNothing() {
    Expression again = call(new If(new IsNull(CALL), TEXT, OTHER));
    Expression tested = new And(FLAG, new IsNotNull(again));
    GuardedCall call = only(new If(tested, call(TEXT), NULL));
    assertThat(call.call().text()).isEqualTo(TEXT);
    assertThat(GuardedCall.isIn(call.guard())).isFalse();
  }

  @Test
  void callsKeepTheirOrder() {
    assertThat(of(call(OTHER), CALL, call(OTHER)))
        .extracting(guarded -> guarded.call().text())
        .containsExactly(OTHER, TEXT);
  }

  @Test
  void liftedCallIsEvaluableAndKeepsItsOtherArguments() {
    E5Embed passage = call(TEXT, Plans.string("passage"));
    E5Embed lifted = only(new If(FLAG, passage, NULL)).lifted();
    assertThat(lifted).isNotInstanceOf(UnevaluableEmbed.class);
    assertThat(lifted.inputType()).isEqualTo(passage.inputType());
    assertThat(lifted.references().contains(FLAG)).isTrue();
  }

  @Test
  void callWhoseConditionHoldsACallWaitsForIt() {
    Expression similar =
        new GreaterThan(new E5Similarity(CALL, CALL), Literal.create(0.5, DataTypes.DoubleType));
    assertThat(of(new If(similar, call(OTHER), NULL)))
        .extracting(GuardedCall::call)
        .containsExactly(CALL);
  }

  @Test
  void conditionsThatCannotBeComputedBelowAreLeftOut() {
    Expression chance =
        new GreaterThan(
            new Rand(Literal.create(7L, DataTypes.LongType)),
            Literal.create(0.5, DataTypes.DoubleType));
    assertThat(only(new If(chance, CALL, NULL)).guard()).isNull();
    assertThat(only(new If(FLAG, new If(chance, CALL, NULL), NULL)).guard()).isEqualTo(FLAG);
    Expression anyFlag = new Max(FLAG).toAggregateExpression();
    assertThat(only(new If(anyFlag, CALL, NULL)).guard()).isNull();
  }

  @Test
  void callOfWhatMeansSomethingOnlyWhereItStandsIsNotLifted() {
    assertThat(of(call(element()))).isEmpty();
    assertThat(of(call(new Max(TEXT).toAggregateExpression()))).isEmpty();
  }

  private static NamedLambdaVariable element() {
    return new NamedLambdaVariable(
        "x", DataTypes.StringType, true, NamedExpression.newExprId(), new AtomicReference<>());
  }

  private static LambdaFunction lambda(NamedLambdaVariable variable, Expression body) {
    return new LambdaFunction(body, Plans.named(variable), false);
  }

  private static Expression words(Expression... elements) {
    return new CreateArray(ScalaBridge.seq(List.of(elements)));
  }

  @Test
  void lambdaFunctionOfTheTextGoesWithTheCall() {
    NamedLambdaVariable x = element();
    Expression upper = new ArrayTransform(words(TEXT), lambda(x, new Upper(x)));
    assertThat(only(call(upper)).call().text()).isEqualTo(upper);
    Expression inBody = new ArrayTransform(words(TEXT), lambda(x, new IsNull(call(x))));
    assertThat(of(inBody)).isEmpty();
    assertThat(
            only(call(
                    new ArrayTransform(words(TEXT), lambda(x, new If(new IsNull(call(x)), x, x)))))
                .guard())
        .isNull();
  }

  @Test
  void conditionWithALambdaFunctionGuardsTheCall() {
    NamedLambdaVariable x = element();
    Expression any = new ArrayExists(words(TEXT), lambda(x, new IsNull(x)), false);
    assertThat(only(new If(any, CALL, NULL)).guard()).isEqualTo(any);
  }

  @Test
  void callInABodyIsReachedWhereTheArrayHasElements() {
    NamedLambdaVariable x = element();
    Expression body = new ArrayTransform(words(TEXT), lambda(x, new IsNull(CALL)));
    assertThat(embeds(body, null, null)).isTrue();
    assertThat(embeds(new ArrayTransform(words(), lambda(x, new IsNull(CALL))), null, null))
        .isFalse();
    Expression depends =
        new ArrayTransform(words(TEXT), lambda(x, new If(new IsNull(x), CALL, NULL)));
    assertThat(of(depends)).isEmpty();
  }

  @Test
  void constantCallIsNotLifted() {
    E5Embed constant = call(Plans.string("words"));
    assertThat(of(constant)).isEmpty();
    assertThat(GuardedCall.isIn(constant)).isFalse();
  }

  @Test
  void callsAreFoundAtAnyDepth() {
    assertThat(GuardedCall.isIn(new IsNull(new If(FLAG, CALL, NULL)))).isTrue();
    assertThat(GuardedCall.isIn(new IsNull(TEXT))).isFalse();
  }
}
