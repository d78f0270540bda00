package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.AdjustedVector.Adjustment;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestAdjustedVector {
  private static Object adjusted(Adjustment adjustment, Object... vector) {
    Expression array =
        new Literal(
            vector == null ? null : new GenericArrayData(vector),
            DataTypes.createArrayType(DataTypes.FloatType));
    return new AdjustedVector(array, adjustment).eval(InternalRow.empty());
  }

  @Test
  void unitVectorHasNorm1HoweverLargeOrSmallTheVectorIs() {
    for (float factor : new float[] {1, 1e30f, 1e-30f}) {
      ArrayData unit = (ArrayData) adjusted(Adjustment.UNIT, 3 * factor, -4 * factor);
      assertThat(unit.toFloatArray()).containsExactly(0.6f, -0.8f);
    }
  }

  @Test
  void vectorWithoutADirectionHasNoUnitVector() {
    assertThat(adjusted(Adjustment.UNIT, 0f, -0f)).isNull();
    assertThat(adjusted(Adjustment.UNIT)).isNull();
  }

  @Test
  void oppositeHasTheOtherSigns() {
    ArrayData opposite = (ArrayData) adjusted(Adjustment.OPPOSITE, 1f, -2f);
    assertThat(opposite.toFloatArray()).containsExactly(-1f, 2f);
  }

  @Test
  void nullsStayNull() {
    for (Adjustment adjustment : Adjustment.values()) {
      assertThat(adjusted(adjustment, (Object[]) null)).isNull();
      assertThat(adjusted(adjustment, 1f, null)).isNull();
    }
  }
}
