package io.e5spark.sql.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.CreateMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestArguments {
  private static Expression text(String text) {
    return Literal.create(text, DataTypes.StringType);
  }

  private static Expression map(String... entries) {
    return new CreateMap(
        ScalaBridge.seq(List.of(entries).stream().map(TestArguments::text).toList()), false);
  }

  private static Expression named(String name, String value) {
    return new NamedArgumentExpression(name, text(value));
  }

  private static Arguments arguments(Expression... given) {
    return Arguments.of("f", List.of("table", "query"), ScalaBridge.seq(List.of(given)));
  }

  @Test
  void positionsNamesAndOptionsAreTold() {
    Arguments arguments = arguments(text("t"), named("QUERY", "q"), named("Vector_Column", "v"));
    assertThat(arguments.required("table")).isEqualTo(text("t"));
    assertThat(arguments.required("query")).isEqualTo(text("q"));
    assertThat(arguments.option("vector-column")).contains("v");
    assertThat(arguments.option("vector-column")).isEmpty();
    arguments.requireNoMore(List.of());
  }

  @Test
  void mapAndNamesAreOneSetOfOptions() {
    Arguments arguments =
        arguments(text("t"), text("q"), map("max-tokens", "9", "model", "m"), named("filter", "x"));
    assertThat(arguments.option("filter")).contains("x");
    assertThat(arguments.options()).isEqualTo(Map.of("max-tokens", "9", "model", "m"));
  }

  @Test
  void nothingIsGivenTwice() {
    assertThatThrownBy(() -> arguments(text("t"), named("table", "u")))
        .hasMessage("Cannot call f: argument table is given twice");
    assertThatThrownBy(() -> arguments(text("t"), text("q"), map("a_b", "1"), named("a_b", "2")))
        .hasMessage("Cannot call f: option a-b is given twice");
  }

  @Test
  void whatIsMissingOrTooMuchIsNamed() {
    assertThatThrownBy(() -> arguments(text("t")).required("query"))
        .hasMessage("Cannot call f: argument query is missing");
    assertThatThrownBy(() -> arguments(text("t"), text("q"), map(), text("x")))
        .hasMessage("Cannot call f: it takes 3 arguments at most (table, query, options), got 4");
    assertThatThrownBy(() -> arguments(named("odd", "1")).requireNoMore(List.of("filter")))
        .hasMessage("Invalid option of f: odd (must be one of filter)");
    assertThatThrownBy(() -> arguments(text("t"), text("q"), text("x")))
        .hasMessage("f needs a map of string literals as options, got 'x'");
  }
}
