package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestVectorForm {
  private static DataType arrayOf(DataType element) {
    return DataTypes.createArrayType(element);
  }

  @Test
  void columnTypesThatHoldVectors() {
    assertThat(VectorForm.of(arrayOf(DataTypes.FloatType))).isEqualTo(VectorForm.FLOATS);
    assertThat(VectorForm.of(arrayOf(DataTypes.ByteType))).isEqualTo(VectorForm.BYTES);
    assertThat(VectorForm.of(DataTypes.BinaryType)).isEqualTo(VectorForm.BITS);
    assertThat(VectorForm.of(DataTypes.NullType)).isEqualTo(VectorForm.FLOATS);
    assertThat(VectorForm.of(arrayOf(DataTypes.DoubleType))).isNull();
    assertThat(VectorForm.of(DataTypes.StringType)).isNull();
  }

  @Test
  void onlyArraysWhoseTypeSaysSoMayHoldNull() {
    assertThat(VectorForm.mayHoldNull(DataTypes.createArrayType(DataTypes.FloatType, true)))
        .isTrue();
    assertThat(VectorForm.mayHoldNull(DataTypes.createArrayType(DataTypes.FloatType, false)))
        .isFalse();
    assertThat(VectorForm.mayHoldNull(DataTypes.BinaryType)).isFalse();
  }

  @Test
  void everyFormIsUnpackedAndMultiplied() {
    GenericArrayData floats = new GenericArrayData(new float[] {1.5f, -2});
    GenericArrayData bytes = new GenericArrayData(new byte[] {3, -4});
    byte[] bits = {0b0000_0001};
    assertThat(VectorForm.FLOATS.toFloats(floats)).containsExactly(1.5f, -2);
    assertThat(VectorForm.BYTES.toFloats(bytes)).containsExactly(3, -4);
    assertThat(VectorForm.BITS.toFloats(bits)).hasSize(8).startsWith((float) (1 / Math.sqrt(8)));
    assertThat(VectorForm.FLOATS.dot(floats, new float[] {2, 1})).isEqualTo(1);
    assertThat(VectorForm.BYTES.dot(bytes, new float[] {2, 1})).isEqualTo(2);
    assertThat(VectorForm.BITS.dot(bits, new float[8])).isZero();
  }

  @Test
  void sourceCallsDotProduct() {
    assertThat(VectorForm.BYTES.product("a", "b"))
        .isEqualTo(
            "io.e5spark.sql.expression.DotProduct.ofBytes((org.apache.spark.sql.catalyst.util.ArrayData) a, b)");
    assertThat(VectorForm.BITS.floats("a"))
        .isEqualTo("io.e5spark.sql.expression.DotProduct.bits((byte[]) a)");
  }
}
