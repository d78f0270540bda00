package io.e5spark.sql.expression;

import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.CreateMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Seq;

class TestSettingsArgument {
  private static final Settings SESSION =
      Settings.read(Map.of("max-tokens", "128", "normalize", "false"));

  private static final Expression TEXT = text("text");

  private static Expression map(Expression... keysAndValues) {
    return new CreateMap(ScalaBridge.seq(List.of(keysAndValues)), false);
  }

  private static Seq<Expression> arguments(Expression... last) {
    List<Expression> all = new ArrayList<>(List.of(TEXT, string("query"), string("e5-small-v2")));
    all.addAll(List.of(last));
    return ScalaBridge.seq(all);
  }

  private static Settings of(Expression... last) {
    return SettingsArgument.of("e5_embed", arguments(last), SESSION);
  }

  @Test
  void callWithoutOneHasTheSettingsOfTheSession() {
    assertThat(of()).isSameAs(SESSION);
    assertThat(SettingsArgument.of("e5_embed", ScalaBridge.seq(List.of()), SESSION))
        .isSameAs(SESSION);
  }

  @Test
  void settingsOfTheCallWin() {
    Settings settings = of(map(string("max-tokens"), string("256")));
    assertThat(settings.vectors().maxTokens()).isEqualTo(256);
    assertThat(settings.vectors().normalize()).isFalse();
  }

  @Test
  void nullChangesNothing() {
    DataType strings = DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
    assertThat(of(Literal.create(null, DataTypes.NullType))).isEqualTo(SESSION);
    assertThat(of(Literal.create(null, strings))).isEqualTo(SESSION);
  }

  @Test
  void otherArgumentsAreThoseBefore() {
    Expression map = map(string("max-tokens"), string("256"));
    assertThat(SettingsArgument.without(arguments(map))).isEqualTo(arguments());
    Seq<Expression> one = ScalaBridge.seq(string("words"));
    assertThat(SettingsArgument.without(one)).isEqualTo(one);
  }

  @Test
  void whatIsNoMapOfStringLiteralsIsRefused() {
    assertThatThrownBy(() -> of(string("max-tokens=256")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("e5_embed needs a map of string literals as argument 4, got 'max-tokens=256'");
    assertThatThrownBy(() -> of(map(string("max-tokens"), number(256))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "e5_embed needs a map of string literals as argument 4, got map('max-tokens', 256)");
    assertThatThrownBy(() -> of(map(string("max-tokens"), text("column"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "e5_embed needs a map of string literals as argument 4, got map('max-tokens', column)");
  }

  @Test
  void whatIsNoSettingIsRefused() {
    assertThatThrownBy(() -> of(map(string("max-token"), string("256"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unknown setting: max-token (did you mean max-tokens?)");
    assertThatThrownBy(() -> of(map(string("task"), Literal.create(null, DataTypes.StringType))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid task: null (must be a string)");
  }
}
