package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.vector.BinaryForm;
import io.e5spark.vector.VectorEncoding;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
  }

  @ParameterizedTest
  @EnumSource(BinaryForm.class)
  void binaryValueHasTheFormThatItsBytesTell(BinaryForm form) {
    float part = (float) (1 / Math.sqrt(8));
    float[] vector = {part, -part, -part, part, part, -part, -part, -part};
    float[] read = VectorReader.of(DataTypes.BinaryType, 8).read(form.bytes(vector));
    assertThat(read).containsExactly(vector, within(1e-4f));
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
  void bytesOfAnotherDimensionAreRefused() {
    VectorReader reader = VectorReader.of(DataTypes.BinaryType, 8);
    assertThatThrownBy(() -> reader.read(new byte[] {1, 2}))
        .hasMessage("Cannot read a vector of 2 bytes: its dimension is not 8");
    VectorReader untold = VectorReader.of(DataTypes.BinaryType, 0);
    assertThatThrownBy(() -> untold.read(new byte[] {1, 2}))
        .hasMessage(
            "Cannot read a vector of 2 bytes: its table does not state the dimension (unpack it, for example with e5_unpack(vector, 'packed'))");
  }
}
