package io.e5spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.vector.BinaryForm;
import java.nio.FloatBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestVectorReader {
  private static final float[] VECTOR = {1, -2, 3, -4, 5, -6, 7, -8};

  private static InternalRow row(@Nullable Object vector) {
    return new GenericInternalRow(new Object[] {"id", vector});
  }

  private static float[] floats(@Nullable FloatBuffer buffer) {
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return floats;
  }

  @Test
  void columnTypeChoosesTheReader() {
    assertThat(VectorReader.of(DataTypes.createArrayType(DataTypes.FloatType)))
        .isEqualTo(VectorReader.ARRAYS);
    assertThat(VectorReader.of(DataTypes.BinaryType)).isEqualTo(VectorReader.BINARIES);
  }

  @ParameterizedTest
  @EnumSource
  void binaryIsReadInTheFormThatHasTheDimension(BinaryForm form) {
    byte[] bytes = form.bytes(VECTOR);
    assertThat(floats(VectorReader.BINARIES.read(row(bytes), 8))).isEqualTo(form.floats(bytes));
    assertThat(VectorReader.BINARIES.isWhole(row(bytes))).isTrue();
  }

  @Test
  void otherDimensionsAreNone() {
    InternalRow bytes = row(new byte[36]);
    assertThat(VectorReader.BINARIES.read(bytes, 8)).isNull();
    assertThat(VectorReader.BINARIES.unlike(bytes, 8))
        .isEqualTo("36 bytes, the queries' have 8 dimensions");
    InternalRow array = row(new GenericArrayData(VECTOR));
    assertThat(floats(VectorReader.ARRAYS.read(array, 8))).isEqualTo(VECTOR);
    assertThat(VectorReader.ARRAYS.read(array, 9)).isNull();
    assertThat(VectorReader.ARRAYS.unlike(array, 9)).isEqualTo("8 dimensions, the queries' have 9");
  }

  @Test
  void nullsAreNoVectors() {
    assertThat(VectorReader.BINARIES.isWhole(row(null))).isFalse();
    assertThat(VectorReader.ARRAYS.isWhole(row(null))).isFalse();
    Object[] holed = {1f, null};
    assertThat(VectorReader.ARRAYS.isWhole(row(new GenericArrayData(holed)))).isFalse();
  }
}
