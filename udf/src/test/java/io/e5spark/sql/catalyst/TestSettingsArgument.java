package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.TEXT;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Settings;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.CreateMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Seq;

class TestSettingsArgument {
  private static final Settings SESSION = Settings.read(Map.of("window-rows", "77"));

  private static Seq<Expression> arguments(Expression settings) {
    return ScalaBridge.seq(
        List.of((Expression) TEXT, text("query"), text("e5-small-v2"), settings));
  }

  private static Expression map(Expression... entries) {
    return new CreateMap(ScalaBridge.seq(List.of(entries)), false);
  }

  @Test
  void settingsOfTheCallWinAndTheOthersAreTheSessions() {
    Seq<Expression> arguments = arguments(map(text("max-tokens"), text("9")));
    Settings settings = SettingsArgument.of("e5_embed", arguments, SESSION);
    assertThat(settings.vectors().maxTokens()).isEqualTo(9);
    assertThat(settings.rows().windowRows()).isEqualTo(77);
  }

  @Test
  void fewerArgumentsAndNullLeaveTheSessions() {
    Seq<Expression> fewer = ScalaBridge.seq(List.of((Expression) TEXT, text("query")));
    assertThat(SettingsArgument.of("e5_embed", fewer, SESSION)).isEqualTo(SESSION);
    Expression nothing = Literal.create(null, DataTypes.NullType);
    assertThat(SettingsArgument.of("e5_embed", arguments(nothing), SESSION)).isEqualTo(SESSION);
  }

  @Test
  void otherArgumentsStay() {
    Seq<Expression> arguments = arguments(map(text("max-tokens"), text("9")));
    assertThat(SettingsArgument.without(arguments).size()).isEqualTo(3);
    assertThat(SettingsArgument.without(ScalaBridge.seq((Expression) TEXT)).size()).isOne();
  }

  @Test
  void whatIsNoMapOfLiteralsIsRefused() {
    for (Expression wrong : List.of(text("max-tokens"), map(text("max-tokens"), TEXT))) {
      assertThatThrownBy(() -> SettingsArgument.of("e5_embed", arguments(wrong), SESSION))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("e5_embed needs a map of string literals as argument 4, got ");
    }
    Expression unknown = map(text("colour"), text("red"));
    assertThatThrownBy(() -> SettingsArgument.of("e5_embed", arguments(unknown), SESSION))
        .hasMessageStartingWith("Unknown setting: colour");
  }
}
