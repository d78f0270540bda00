package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.vector.BinaryForm;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateMutableProjection;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestE5Similarity {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, true);
  private static final DataType BYTES = DataTypes.createArrayType(DataTypes.ByteType, true);
  private static final DataType FLOATS_WITHOUT_NULL =
      DataTypes.createArrayType(DataTypes.FloatType, false);

  private static final ArrayData VECTOR = UnsafeArrayData.fromPrimitiveArray(new float[] {1, 2, 3});

  private static ArrayData holed(DataType type) {
    UnsafeArrayData vector =
        type.equals(BYTES)
            ? UnsafeArrayData.fromPrimitiveArray(new byte[] {1, 2, 3})
            : UnsafeArrayData.fromPrimitiveArray(new float[] {1, 2, 3});
    vector.setNullAt(1);
    return vector;
  }

  private static Expression column(int position, DataType type) {
    return new BoundReference(position, type, true);
  }

  /** Returns the value, and asserts that evaluation and generated code agree. */
  private static @Nullable Object value(Expression call, @Nullable Object... columns) {
    InternalRow row = new GenericInternalRow(columns);
    Object evaluated = call.eval(row);
    InternalRow generated =
        GenerateMutableProjection.generate(ScalaBridge.seq(call), false).apply(row);
    Object compiled = generated.isNullAt(0) ? null : (Object) generated.getDouble(0);
    assertThat(compiled).isEqualTo(evaluated);
    return evaluated;
  }

  @Test
  void columnsAndConstantsGiveOneProduct() {
    Expression column = column(0, FLOATS);
    Expression constant = new Literal(VECTOR, FLOATS_WITHOUT_NULL);
    assertThat(value(new E5Similarity(column, column(1, FLOATS)), VECTOR, VECTOR)).isEqualTo(14.0);
    assertThat(value(new E5Similarity(column, constant), VECTOR)).isEqualTo(14.0);
    assertThat(value(new E5Similarity(constant, column), VECTOR)).isEqualTo(14.0);
    assertThat(value(new E5Similarity(column, constant), new GenericArrayData(new float[3])))
        .isEqualTo(0.0);
  }

  static Stream<Object[]> holedVectors() {
    Object[] boxed = {1f, null, 3f};
    Object[] boxedBytes = {(byte) 1, null, (byte) 3};
    return Stream.of(
        new Object[] {FLOATS, holed(FLOATS)},
        new Object[] {FLOATS, new GenericArrayData(boxed)},
        new Object[] {BYTES, holed(BYTES)},
        new Object[] {BYTES, new GenericArrayData(boxedBytes)});
  }

  @ParameterizedTest
  @MethodSource("holedVectors")
  void nullElementGivesNullWhereverItStands(DataType type, ArrayData holed) {
    Expression whole = new Literal(VECTOR, FLOATS_WITHOUT_NULL);
    Expression constant = new Literal(holed, type);
    assertThat(value(new E5Similarity(column(0, type), whole), holed)).isNull();
    assertThat(value(new E5Similarity(whole, column(0, type)), holed)).isNull();
    assertThat(value(new E5Similarity(column(0, FLOATS), constant), VECTOR)).isNull();
    assertThat(value(new E5Similarity(constant, column(0, FLOATS)), VECTOR)).isNull();
    assertThat(value(new E5Similarity(column(0, type), column(1, FLOATS)), holed, VECTOR)).isNull();
    assertThat(value(new E5Similarity(column(0, FLOATS), column(1, type)), VECTOR, holed)).isNull();
  }

  @Test
  void nullGivesNull() {
    Expression constant = new Literal(VECTOR, FLOATS_WITHOUT_NULL);
    Expression none = Literal.create(null, FLOATS);
    assertThat(value(new E5Similarity(column(0, FLOATS), constant), (Object) null)).isNull();
    assertThat(value(new E5Similarity(column(0, FLOATS), none), VECTOR)).isNull();
    assertThat(value(new E5Similarity(column(0, FLOATS), column(1, BYTES)), VECTOR, null)).isNull();
  }

  @Test
  void onlyVectorsWithoutNullsGiveAResultThatIsNeverNull() {
    Expression whole = new BoundReference(0, FLOATS_WITHOUT_NULL, false);
    Expression bits = new BoundReference(0, DataTypes.BinaryType, false);
    Expression holed = new BoundReference(0, FLOATS, false);
    assertThat(new E5Similarity(whole, bits).nullable()).isFalse();
    assertThat(new E5Similarity(whole, holed).nullable()).isTrue();
    assertThat(new E5Similarity(holed, whole).nullable()).isTrue();
  }

  private static Expression packed(Expression vector) {
    return new E5Pack(ScalaBridge.seq(vector));
  }

  @Test
  void binaryIsWhatHasTheOthersDimension() {
    byte[] bytes = BinaryForm.PACKED.bytes(new float[] {1, 2, 3});
    Expression binary = column(0, DataTypes.BinaryType);
    Expression constant = new Literal(VECTOR, FLOATS_WITHOUT_NULL);
    assertThat(value(new E5Similarity(binary, constant), bytes)).isEqualTo(14.0);
    assertThat(value(new E5Similarity(constant, binary), bytes)).isEqualTo(14.0);
    assertThat(value(new E5Similarity(binary, column(1, FLOATS)), bytes, VECTOR)).isEqualTo(14.0);
    assertThat(value(new E5Similarity(column(1, FLOATS), binary), bytes, VECTOR)).isEqualTo(14.0);
    Expression literal = new Literal(bytes, DataTypes.BinaryType);
    assertThat(value(new E5Similarity(column(0, FLOATS), literal), VECTOR)).isEqualTo(14.0);
    assertThat(value(new E5Similarity(literal, column(0, FLOATS)), VECTOR)).isEqualTo(14.0);
    assertThat(value(new E5Similarity(binary, packed(column(1, FLOATS))), bytes, VECTOR))
        .isEqualTo(14.0);
  }

  @Test
  void twoBinariesOfOneLengthAreComparedWhereOneSaysWhatItIs() {
    Expression left = column(0, DataTypes.BinaryType);
    Expression right = column(1, DataTypes.BinaryType);
    byte[] bytes = BinaryForm.PACKED.bytes(new float[] {1, 2, 3});
    assertThatThrownBy(() -> value(new E5Similarity(left, right), bytes, bytes))
        .hasMessageContaining("Cannot compare two binary values of 12 bytes");
    Expression call = new E5Similarity(packed(column(0, FLOATS)), packed(column(1, FLOATS)));
    assertThat(value(call, VECTOR, VECTOR)).isEqualTo(14.0);
    // The optimizer replaces constants in this way.
    Expression folded = call.withNewChildren(ScalaBridge.seq(List.of(left, right)));
    assertThat(value(folded, bytes, bytes)).isEqualTo(14.0);
    assertThat(folded).isNotEqualTo(new E5Similarity(left, right));
  }

  @Test
  void otherTypesAreRefused() {
    Expression text = column(0, DataTypes.StringType);
    assertThat(new E5Similarity(column(0, FLOATS), text).checkInputDataTypes().isFailure())
        .isTrue();
    assertThat(new E5Similarity(text, column(0, FLOATS)).checkInputDataTypes().isFailure())
        .isTrue();
    assertThat(
            new E5Similarity(column(0, FLOATS), column(1, DataTypes.BinaryType))
                .checkInputDataTypes()
                .isSuccess())
        .isTrue();
  }

  @Test
  void callsOfOneArgumentListAreEqual() {
    E5Similarity call = new E5Similarity(column(0, FLOATS), column(1, BYTES));
    assertThat(call)
        .isEqualTo(new E5Similarity(column(0, FLOATS), column(1, BYTES)))
        .hasSameHashCodeAs(new E5Similarity(column(0, FLOATS), column(1, BYTES)))
        .isNotEqualTo(new E5Similarity(column(1, BYTES), column(0, FLOATS)));
    assertThat(call.semanticEquals(call.withNewChildren(call.children()))).isTrue();
  }
}
