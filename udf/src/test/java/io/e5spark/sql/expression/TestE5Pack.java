package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.vector.BinaryForm;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
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
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests {@link E5Pack}, {@link E5Unpack} and their superclass {@link FormCall}. */
class TestE5Pack {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, true);
  private static final Expression VECTOR = column(FLOATS);
  private static final Expression BYTES = column(DataTypes.BinaryType);

  private static Expression column(DataType type) {
    return new BoundReference(0, type, true);
  }

  private static Expression form(String label) {
    return new Literal(UTF8String.fromString(label), DataTypes.StringType);
  }

  private static E5Pack pack(Expression... arguments) {
    return new E5Pack(ScalaBridge.seq(List.of(arguments)));
  }

  private static E5Unpack unpack(Expression... arguments) {
    return new E5Unpack(ScalaBridge.seq(List.of(arguments)));
  }

  /** Returns the value that generated code computes. */
  private static @Nullable Object generated(Expression call, @Nullable Object column) {
    InternalRow row = new GenericInternalRow(new Object[] {column});
    InternalRow values =
        GenerateMutableProjection.generate(ScalaBridge.seq(call), false).apply(row);
    return values.isNullAt(0) ? null : values.get(0, call.dataType());
  }

  private static @Nullable Object evaluated(Expression call, @Nullable Object column) {
    return call.eval(new GenericInternalRow(new Object[] {column}));
  }

  @ParameterizedTest
  @EnumSource
  void vectorsArePackedAndUnpacked(BinaryForm form) {
    float[] floats = {1, 2, 3, -4, 5, 6, 7, 8};
    byte[] packed = form.bytes(floats);
    Expression there = pack(VECTOR, form(form.label()));
    Expression back = unpack(BYTES, form(form.label()));
    for (ArrayData vector :
        List.of(UnsafeArrayData.fromPrimitiveArray(floats), new GenericArrayData(floats))) {
      assertThat((byte[]) evaluated(there, vector)).isEqualTo(packed);
      assertThat((byte[]) generated(there, vector)).isEqualTo(packed);
    }
    for (Object vector : List.of(evaluated(back, packed), generated(back, packed))) {
      assertThat(((ArrayData) vector).toFloatArray()).isEqualTo(form.floats(packed));
    }
  }

  @Test
  void floatsOfThirtyTwoBitsAreTheDefault() {
    assertThat(pack(VECTOR).form()).isEqualTo(BinaryForm.PACKED);
    assertThat(unpack(BYTES, form("half")).form()).isEqualTo(BinaryForm.HALF);
  }

  @Test
  void packedValuesMustHaveAKnownType() {
    assertThat(problem(unpack(BYTES)))
        .startsWith("e5_unpack needs the vector type of ")
        .contains("because no column states it");
    assertThatThrownBy(() -> evaluated(unpack(BYTES), new byte[8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("e5_unpack needs the vector type of ");
    assertThat(unpack(pack(VECTOR, form("half"))).form()).isEqualTo(BinaryForm.HALF);
  }

  @Test
  void nullGivesNull() {
    assertThat(evaluated(pack(VECTOR), null)).isNull();
    assertThat(generated(pack(VECTOR), null)).isNull();
    assertThat(evaluated(unpack(BYTES, form("half")), null)).isNull();
    assertThat(generated(unpack(BYTES, form("half")), null)).isNull();
    assertThat(evaluated(unpack(Literal.create(null, DataTypes.BinaryType)), null)).isNull();
    assertThat(generated(pack(Literal.create(null, DataTypes.NullType)), null)).isNull();
  }

  @Test
  void nullElementIsNamed() {
    ArrayData holed = new GenericArrayData(new Object[] {1f, null, null});
    String message = "Cannot pack a vector: its element 2 of 3 is null";
    assertThatThrownBy(() -> evaluated(pack(VECTOR), holed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> generated(pack(VECTOR), holed)).hasMessage(message);
  }

  @Test
  void partsOfFloatsAreRefused() {
    String message = "Cannot unpack a vector: its number of bytes, 7, is not a multiple of 4";
    E5Unpack unpack = unpack(BYTES, form("packed"));
    assertThatThrownBy(() -> evaluated(unpack, new byte[7])).hasMessage(message);
    assertThatThrownBy(() -> generated(unpack, new byte[7])).hasMessage(message);
  }

  @Test
  void otherArgumentsAreRefused() {
    assertThat(problem(pack(BYTES))).isEqualTo("e5_pack needs array<float>, got BINARY");
    assertThat(problem(unpack(VECTOR))).isEqualTo("e5_unpack needs binary, got ARRAY<FLOAT>");
    assertThat(problem(pack(VECTOR, form("float"))))
        .isEqualTo("Invalid vector type: 'float' (must be 'packed', 'half' or 'binary')");
    assertThat(problem(pack(VECTOR, column(DataTypes.StringType))))
        .startsWith("e5_pack needs a string literal as argument 2, got ");
    assertThat(pack(VECTOR, form("half")).checkInputDataTypes().isSuccess()).isTrue();
  }

  private static String problem(FormCall call) {
    return ((TypeCheckResult.TypeCheckFailure) call.checkInputDataTypes()).message();
  }

  @Test
  void callsAreEqualByFunctionAndArguments() {
    assertThat(pack(VECTOR)).isEqualTo(pack(VECTOR)).hasSameHashCodeAs(pack(VECTOR));
    assertThat(pack(VECTOR)).isNotEqualTo(pack(VECTOR, form("half")));
    assertThat((Expression) pack(VECTOR)).isNotEqualTo(unpack(VECTOR));
    assertThat(pack(VECTOR).semanticEquals(pack(VECTOR).withNewChildren(pack(VECTOR).children())))
        .isTrue();
  }
}
