package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.vector.VectorEncoding;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestVectorReader {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);
  private static final DataType BYTES = DataTypes.createArrayType(DataTypes.ByteType);

  private static float[] read(DataType type, Object value) {
    InternalRow row = new GenericInternalRow(new Object[] {"other", value});
    return VectorReader.of(type, 0).read(row, 1);
  }

  @Test
  void everyFormComesAsTheComponentsOfAVector() {
    float[] vector = {1, -2};
    assertThat(read(FLOATS, UnsafeArrayData.fromPrimitiveArray(vector))).containsExactly(vector);
    float scale = (float) VectorEncoding.int8Scale(2);
    assertThat(read(BYTES, UnsafeArrayData.fromPrimitiveArray(new byte[] {5, -7})))
        .containsExactly(new float[] {5 * scale, -7 * scale}, within(1e-7f));
    float part = (float) (1 / Math.sqrt(8));
    assertThat(read(DataTypes.BinaryType, new byte[] {1}))
        .containsExactly(part, -part, -part, -part, -part, -part, -part, -part);
  }

  @Test
  void vectorWithANullElementIsNone() {
    UnsafeArrayData holed = UnsafeArrayData.fromPrimitiveArray(new float[] {9, 9});
    holed.setNullAt(1);
    assertThat(read(FLOATS, holed)).isNull();
    assertThat(read(FLOATS, new GenericArrayData(new Object[] {9f, null}))).isNull();
    assertThat(read(FLOATS, null)).isNull();
  }

  @Test
  void otherTypesAreRefused() {
    for (DataType type : new DataType[] {DataTypes.StringType, DataTypes.NullType}) {
      assertThatThrownBy(() -> VectorReader.of(type, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be array<float>, array<tinyint> or binary");
    }
  }

  @Test
  void bytesThatAreNoSignsOfTheDimensionAreRefused() {
    VectorReader reader = VectorReader.of(DataTypes.BinaryType, 8);
    assertThat(reader.read(new byte[] {1})).hasSize(8);
    assertThatThrownBy(() -> reader.read(new byte[] {1, 2}))
        .hasMessage("Cannot read a vector of 8 dimensions: 2 bytes are no signs of so many");
  }
}
