package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.FLAG;
import static io.e5spark.sql.catalyst.Plans.OTHER;
import static io.e5spark.sql.catalyst.Plans.TEXT;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestE5Tokens {
  private static final Settings USUAL = Settings.read(Map.of());

  @Test
  void callsAreEqualByTextSettingsAndInputType() {
    E5Tokens call = new E5Tokens(TEXT, USUAL, InputType.QUERY);
    assertThat(call)
        .isEqualTo(new E5Tokens(TEXT, USUAL, InputType.QUERY))
        .hasSameHashCodeAs(new E5Tokens(TEXT, USUAL, InputType.QUERY))
        .isNotEqualTo(new E5Tokens(OTHER, USUAL, InputType.QUERY))
        .isNotEqualTo(new E5Tokens(TEXT, USUAL, InputType.PASSAGE))
        .isNotEqualTo(new E5Tokens(TEXT, Settings.read(Map.of("prefix", "off")), InputType.QUERY));
  }

  @Test
  void argumentsNameInputTypeAndModel() {
    List<Expression> arguments = List.of(TEXT, text("passage"), text("other"));
    assertThat(E5Tokens.of(ScalaBridge.seq(arguments), USUAL))
        .isEqualTo(new E5Tokens(TEXT, USUAL.withModel("other"), InputType.PASSAGE));
    assertThat(E5Tokens.of(ScalaBridge.seq((Expression) TEXT), USUAL))
        .isEqualTo(new E5Tokens(TEXT, USUAL, InputType.QUERY));
  }

  @Test
  void whatIsNoLiteralIsRefused() {
    List<Expression> arguments = List.of(TEXT, OTHER);
    assertThatThrownBy(() -> E5Tokens.of(ScalaBridge.seq(arguments), USUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("e5_tokens needs a string literal as argument 2, got ");
  }

  @Test
  void onlyStringsAreCounted() {
    assertThat(new E5Tokens(TEXT, USUAL, InputType.QUERY).checkInputDataTypes().isSuccess())
        .isTrue();
    assertThat(new E5Tokens(FLAG, USUAL, InputType.QUERY).checkInputDataTypes().isFailure())
        .isTrue();
    assertThat(new E5Tokens(TEXT, USUAL, InputType.QUERY).dataType())
        .isEqualTo(DataTypes.IntegerType);
  }
}
