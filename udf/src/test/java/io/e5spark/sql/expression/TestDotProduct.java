package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestDotProduct {
  private static float[] ascending(int dimension) {
    float[] vector = new float[dimension];
    IntStream.range(0, dimension).forEach(i -> vector[i] = i + 1);
    return vector;
  }

  private static byte[] bytes(int dimension) {
    byte[] vector = new byte[dimension];
    IntStream.range(0, dimension).forEach(i -> vector[i] = (byte) (i + 1));
    return vector;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 64, 71, 100})
  void productIsTheSumOfSquaresWhereverTheVectorLies(int dimension) {
    double squares = IntStream.rangeClosed(1, dimension).mapToDouble(i -> i * i).sum();
    float[] floats = ascending(dimension);
    assertThat(DotProduct.ofFloats(UnsafeArrayData.fromPrimitiveArray(floats), floats))
        .isEqualTo(squares);
    assertThat(DotProduct.ofFloats(new GenericArrayData(floats), floats)).isEqualTo(squares);
    byte[] bytes = bytes(dimension);
    assertThat(DotProduct.ofBytes(UnsafeArrayData.fromPrimitiveArray(bytes), floats))
        .isEqualTo(squares);
    assertThat(DotProduct.ofBytes(new GenericArrayData(bytes), floats)).isEqualTo(squares);
    assertThat(DotProduct.bytes(new GenericArrayData(bytes))).containsExactly(floats);
  }

  @Test
  void vectorsOfOtherDimensionsAreRefused() {
    float[] two = ascending(2);
    ArrayData three = UnsafeArrayData.fromPrimitiveArray(ascending(3));
    String message = "Cannot compare vectors of %d and 2 dimensions";
    assertThatThrownBy(() -> DotProduct.ofFloats(three, two)).hasMessage(message, 3);
    assertThatThrownBy(() -> DotProduct.ofBytes(three, two)).hasMessage(message, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 63, 64, 65, 128, 768})
  void everyNullElementIsFound(int dimension) {
    for (int position = 0; position < dimension; position++) {
      UnsafeArrayData vector = UnsafeArrayData.fromPrimitiveArray(ascending(dimension));
      assertThat(DotProduct.hasNull(vector)).isFalse();
      vector.setNullAt(position);
      assertThat(DotProduct.hasNull(vector)).as("element %d", position).isTrue();
    }
  }

  @Test
  void nullElementIsFoundInOtherArraysToo() {
    assertThat(DotProduct.hasNull(new GenericArrayData(new Object[] {1f, null}))).isTrue();
    assertThat(DotProduct.hasNull(new GenericArrayData(new Object[] {1f, 2f}))).isFalse();
    assertThat(DotProduct.hasNull(new GenericArrayData(ascending(3)))).isFalse();
  }
}
