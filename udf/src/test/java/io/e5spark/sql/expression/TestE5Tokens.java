package io.e5spark.sql.expression;

import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.SharedEmbedders;
import io.e5spark.sql.catalyst.LengthModel;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestE5Tokens {
  private static final Settings SETTINGS = Settings.read(Map.of("model", "lengths-of-e5-tokens"));
  private static final Attribute TEXT = text("text");

  @BeforeAll
  static void installModel() {
    LengthModel.install(SETTINGS);
  }

  @AfterAll
  static void freeModel() {
    SharedEmbedders.closeAll();
  }

  private static E5Tokens call(Expression... arguments) {
    return E5Tokens.of(ScalaBridge.seq(List.of(arguments)), SETTINGS);
  }

  @Test
  void argumentsAreThoseOfEmbed() {
    E5Tokens passage = call(TEXT, string("passage"), string("other"));
    assertThat(passage.productElement(1))
        .isEqualTo(
            new E5Embed(
                ScalaBridge.seq(
                    List.of(
                        Literal.create(null, DataTypes.StringType),
                        string("passage"),
                        string("other"))),
                SETTINGS,
                OnError.FAIL));
  }

  @Test
  void otherArgumentsAreStringLiterals() {
    assertThatThrownBy(() -> call(TEXT, text("type")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("e5_tokens needs a string literal as argument 2, got type");
    assertThatThrownBy(() -> call(TEXT, string("query"), number(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("e5_tokens needs a string literal as argument 3, got 3");
    TypeCheckResult refused = call(TEXT, string("document")).checkInputDataTypes();
    assertThat(((TypeCheckResult.TypeCheckFailure) refused).message())
        .startsWith("Invalid input type: 'document'");
  }

  @Test
  void onlyStringsHaveTokens() {
    assertThat(call(TEXT).checkInputDataTypes().isSuccess()).isTrue();
    assertThat(call(Literal.create(null, DataTypes.NullType)).checkInputDataTypes().isSuccess())
        .isTrue();
    TypeCheckResult refused = call(number(1)).checkInputDataTypes();
    assertThat(((TypeCheckResult.TypeCheckFailure) refused).message())
        .isEqualTo("e5_tokens needs a string, got INT");
  }

  @Test
  void tokensOfTheTextAndItsInputTypeAreCounted() {
    assertThat(call(string("words")).eval(InternalRow.empty())).isEqualTo(10);
    assertThat(call(string("words"), string("passage")).eval(InternalRow.empty())).isEqualTo(12);
    assertThat(call(Literal.create(null, DataTypes.StringType)).eval(InternalRow.empty())).isNull();
  }

  @Test
  void resultIsAWholeNumberAndNullableAsTheTextIs() {
    assertThat(call(TEXT).dataType()).isEqualTo(DataTypes.IntegerType);
    assertThat(call(TEXT).nullable()).isTrue();
    assertThat(call(string("words")).nullable()).isFalse();
    assertThat(call(string("words")).foldable()).isTrue();
    assertThat(call(TEXT).foldable()).isFalse();
  }

  @Test
  void callsOfTheSamePartsAreEqual() {
    Attribute other = text("other");
    E5Tokens call = call(TEXT);
    assertThat(call)
        .isEqualTo(call(TEXT))
        .hasSameHashCodeAs(call(TEXT))
        .isNotEqualTo(call(other))
        .isNotEqualTo(call(TEXT, string("passage")))
        .isNotEqualTo(call(TEXT, string("query"), string("other")));
    assertThat(call.withNewChildren(ScalaBridge.seq((Expression) other))).isEqualTo(call(other));
    assertThat(call.sql()).isEqualTo("e5_tokens(text)");
  }
}
