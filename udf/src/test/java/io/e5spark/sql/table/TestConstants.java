package io.e5spark.sql.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.sql.expression.ScalaBridge;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.Test;

class TestConstants {
  private static final Expression COLUMN =
      new AttributeReference(
          "c",
          DataTypes.StringType,
          true,
          Metadata.empty(),
          NamedExpression.newExprId(),
          ScalaBridge.seq(List.of()));

  private static Expression array(Object... elements) {
    return new CreateArray(
        ScalaBridge.seq(
            Stream.of(elements).map(one -> (Expression) Literal$.MODULE$.apply(one)).toList()));
  }

  @Test
  void vectorsMayHoldAnyNumbers() {
    assertThat(Constants.vector("query", array(1, 2))).containsExactly(1f, 2f);
    assertThat(Constants.vector("query", array(new BigDecimal("1.5"), new BigDecimal("2.5"))))
        .containsExactly(1.5f, 2.5f);
    assertThat(Constants.isVector(array(1.0, 2.0))).isTrue();
    assertThat(Constants.isVector(array("a"))).isFalse();
    assertThat(Constants.isVector(Literal$.MODULE$.apply(1))).isFalse();
  }

  @Test
  void vectorWithoutComponentsOrWithOtherThanNumbersIsRefused() {
    for (Expression odd : List.of(array(Float.NaN, 1f), array(1.0, 1e300))) {
      assertThatThrownBy(() -> Constants.vector("query", odd))
          .hasMessageStartingWith("Invalid query: ")
          .hasMessageEndingWith(" (must be a vector of numbers)");
    }
  }

  @Test
  void countIsAWholeNumberFromOne() {
    assertThat(Constants.count("f", "k", Literal$.MODULE$.apply(7))).isEqualTo(7);
    assertThat(Constants.count("f", "k", Literal$.MODULE$.apply(7L))).isEqualTo(7);
    for (Object odd : new Object[] {0, -1, 1.5, 1L << 40}) {
      assertThatThrownBy(() -> Constants.count("f", "k", Literal$.MODULE$.apply(odd)))
          .hasMessageContaining("(must be a whole number from 1 to 2,147,483,647)");
    }
    Expression none = Literal.create(null, DataTypes.IntegerType);
    assertThatThrownBy(() -> Constants.count("f", "k", none))
        .hasMessageContaining("(f needs a number)");
  }

  @Test
  void columnIsNoConstant() {
    assertThat(Constants.isText(COLUMN)).isFalse();
    assertThatThrownBy(() -> Constants.text("f", "table", COLUMN))
        .hasMessage("Invalid table: c (f needs a string literal)");
    assertThat(Constants.text("f", "table", Literal.create("t", DataTypes.StringType)))
        .isEqualTo("t");
  }
}
