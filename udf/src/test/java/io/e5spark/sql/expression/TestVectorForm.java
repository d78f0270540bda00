package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.vector.BinaryForm;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestVectorForm {
  private static DataType arrayOf(DataType element) {
    return DataTypes.createArrayType(element);
  }

  private static @Nullable VectorForm of(DataType type) {
    return VectorForm.of(new BoundReference(0, type, true));
  }

  private static @Nullable VectorForm told(Metadata metadata) {
    return VectorForm.of(
        new AttributeReference(
            "v",
            DataTypes.BinaryType,
            true,
            metadata,
            NamedExpression.newExprId(),
            ScalaBridge.seq(List.of())));
  }

  @Test
  void columnTypesThatHoldVectors() {
    assertThat(of(arrayOf(DataTypes.FloatType))).isEqualTo(VectorForm.FLOATS);
    assertThat(of(arrayOf(DataTypes.ByteType))).isEqualTo(VectorForm.BYTES);
    assertThat(of(DataTypes.BinaryType)).isEqualTo(VectorForm.UNTOLD);
    assertThat(of(DataTypes.NullType)).isEqualTo(VectorForm.FLOATS);
    assertThat(of(arrayOf(DataTypes.DoubleType))).isNull();
    assertThat(of(DataTypes.StringType)).isNull();
  }

  @Test
  void columnOfAVectorTableSaysWhatItHolds() {
    MetadataBuilder metadata = new MetadataBuilder().putString("comment", "vectors");
    assertThat(told(metadata.build())).isEqualTo(VectorForm.UNTOLD);
    assertThat(told(metadata.putString(BinaryForm.METADATA, "packed").build()))
        .isEqualTo(VectorForm.PACKED);
    assertThat(told(metadata.putString(BinaryForm.METADATA, "half").build()))
        .isEqualTo(VectorForm.HALVES);
    assertThat(told(metadata.putString(BinaryForm.METADATA, "binary").build()))
        .isEqualTo(VectorForm.SIGNS);
    assertThat(told(metadata.putString(BinaryForm.METADATA, "later").build()))
        .isEqualTo(VectorForm.UNTOLD);
  }

  @Test
  void packedValueSaysWhatItHolds() {
    Expression floats = new BoundReference(0, arrayOf(DataTypes.FloatType), true);
    Expression half = new Literal(UTF8String.fromString("half"), DataTypes.StringType);
    assertThat(VectorForm.of(new E5Pack(ScalaBridge.seq(floats)))).isEqualTo(VectorForm.PACKED);
    assertThat(VectorForm.of(new E5Pack(ScalaBridge.seq(List.of(floats, half)))))
        .isEqualTo(VectorForm.HALVES);
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
    byte[] packed = BinaryForm.PACKED.bytes(new float[] {1.5f, -2});
    byte[] halves = BinaryForm.HALF.bytes(new float[] {1.5f, -2});
    assertThat(VectorForm.FLOATS.toFloats(floats)).containsExactly(1.5f, -2);
    assertThat(VectorForm.BYTES.toFloats(bytes)).containsExactly(3, -4);
    assertThat(VectorForm.PACKED.toFloats(packed)).containsExactly(1.5f, -2);
    assertThat(VectorForm.HALVES.toFloats(halves)).containsExactly(1.5f, -2);
    assertThat(VectorForm.SIGNS.toFloats(bits)).hasSize(8).startsWith((float) (1 / Math.sqrt(8)));
    assertThatThrownBy(() -> VectorForm.UNTOLD.toFloats(bits)).hasMessageContaining("untold");
    float[] other = {2, 1};
    assertThat(VectorForm.FLOATS.dot(floats, other)).isEqualTo(1);
    assertThat(VectorForm.BYTES.dot(bytes, other)).isEqualTo(2);
    assertThat(VectorForm.PACKED.dot(packed, other)).isEqualTo(1);
    assertThat(VectorForm.HALVES.dot(halves, other)).isEqualTo(1);
    assertThat(VectorForm.SIGNS.dot(bits, new float[8])).isZero();
    assertThat(VectorForm.UNTOLD.dot(packed, other)).isEqualTo(1);
  }

  @Test
  void sourceCallsTheProduct() {
    assertThat(VectorForm.BYTES.product("a", "b"))
        .isEqualTo(
            "io.e5spark.sql.expression.DotProduct.ofBytes((org.apache.spark.sql.catalyst.util.ArrayData) a, b)");
    assertThat(VectorForm.SIGNS.floats("a"))
        .isEqualTo("io.e5spark.sql.expression.BinaryProduct.signs((byte[]) a)");
  }
}
