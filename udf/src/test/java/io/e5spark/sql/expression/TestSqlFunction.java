package io.e5spark.sql.expression;

import static io.e5spark.sql.catalyst.Plans.SETTINGS;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.OnError;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.CreateMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TestSqlFunction {
  private static final Expression TEXT = text("text");

  private static Expression call(SqlFunction function, Expression... arguments) {
    return function.checkedCall(ScalaBridge.seq(List.of(arguments)), SETTINGS);
  }

  @Test
  void names() {
    assertThat(SqlFunction.all())
        .extracting(SqlFunction::sqlName)
        .containsExactly(
            "e5_embed",
            "try_e5_embed",
            "e5_similarity",
            "e5_tokens",
            "e5_chunks",
            "e5_pack",
            "e5_unpack");
    assertThat(SqlFunction.all())
        .extracting(SqlFunction::catalogName)
        .containsExactly("embed", "try_embed", "similarity", "tokens", "chunks", "pack", "unpack");
  }

  @Test
  void embeddingFunctionsMakeCallsThatCanBeLifted() {
    UnevaluableEmbed embed = (UnevaluableEmbed) call(SqlFunction.E5_EMBED, TEXT);
    assertThat(embed.text()).isSameAs(TEXT);
    assertThat(embed.onError()).isEqualTo(OnError.FAIL);
    assertThat(embed.settings()).isSameAs(SETTINGS);
    UnevaluableEmbed tried = (UnevaluableEmbed) call(SqlFunction.TRY_E5_EMBED, TEXT);
    assertThat(tried.onError()).isEqualTo(OnError.NULL);
  }

  @Test
  void argumentsByNameAreExplained() {
    Expression named = new NamedArgumentExpression("input_type", string("passage"));
    assertThatThrownBy(() -> call(SqlFunction.E5_EMBED, TEXT, named))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot call e5_embed: argument input_type is given by name (e5_embed takes its arguments by position)");
  }

  @Test
  void otherFunctionsMakeTheirs() {
    Expression other = text("other");
    assertThat(call(SqlFunction.E5_SIMILARITY, TEXT, other))
        .isEqualTo(new E5Similarity(TEXT, other));
    assertThat(call(SqlFunction.E5_TOKENS, TEXT)).isInstanceOf(E5Tokens.class);
    assertThat(call(SqlFunction.E5_CHUNKS, TEXT)).isInstanceOf(E5Chunks.class);
    assertThat(call(SqlFunction.E5_PACK, TEXT)).isInstanceOf(E5Pack.class);
    assertThat(call(SqlFunction.E5_UNPACK, TEXT)).isInstanceOf(E5Unpack.class);
  }

  @Test
  void settingsOfTheCallAreNoArgumentOfItsExpression() {
    Expression map =
        new CreateMap(ScalaBridge.seq(List.of(string("max-tokens"), string("64"))), false);
    E5Embed call =
        (E5Embed) call(SqlFunction.E5_EMBED, TEXT, string("query"), string("e5-small-v2"), map);
    assertThat(call.children().size()).isEqualTo(3);
    assertThat(call.settings().vectors().maxTokens()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource({
    "E5_EMBED, 0, 1 to 4",
    "E5_EMBED, 5, 1 to 4",
    "TRY_E5_EMBED, 5, 1 to 4",
    "E5_SIMILARITY, 1, 2",
    "E5_SIMILARITY, 3, 2",
    "E5_TOKENS, 0, 1 to 4",
    "E5_CHUNKS, 0, 1 to 7",
    "E5_CHUNKS, 8, 1 to 7",
    "E5_PACK, 0, 1 to 2",
    "E5_UNPACK, 3, 1 to 2"
  })
  void wrongNumberOfArgumentsIsAnErrorOfTheAnalyzer(
      SqlFunction function, int given, String expected) {
    Expression[] arguments = Collections.nCopies(given, string("a")).toArray(Expression[]::new);
    assertThatThrownBy(() -> call(function, arguments))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("WRONG_NUM_ARGS")
        .hasMessageContaining("`" + function.sqlName() + "`")
        .hasMessageContaining("requires " + expected + " parameters")
        .hasMessageContaining("actual number is " + given);
  }

  @ParameterizedTest
  @EnumSource
  void descriptionIsWhatSparkAsksOf(SqlFunction function) throws Exception {
    ExpressionInfo info = function.info();
    assertThat(info.getName()).isEqualTo(function.sqlName());
    assertThat(info.getUsage()).startsWith(function.sqlName() + "(");
    assertThat(info.getArguments()).startsWith("\n    Arguments:\n      * ").endsWith("\n  ");
    assertThat(info.getExamples()).startsWith("\n    Examples:\n      > SELECT ");
    assertThat(info.getSince()).isEqualTo("0.1.0");
    assertThat(Expression.class).isAssignableFrom(Class.forName(info.getClassName()));
  }
}
