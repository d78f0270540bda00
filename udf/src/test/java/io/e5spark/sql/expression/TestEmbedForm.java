package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.embed.Embedding;
import java.util.Arrays;
import java.util.Collections;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestEmbedForm {
  private static final Embedding EMBEDDING = Embedding.of(new float[] {0.5f, -1}, 7, true);
  private static final UTF8String WORDS = UTF8String.fromString("süße words");

  private static Object value(EmbedForm form, Embedding... embeddings) {
    return form.value(Arrays.asList(embeddings));
  }

  @Test
  void types() {
    assertThat(EmbedForm.VECTOR.dataType().sql()).isEqualTo("ARRAY<FLOAT>");
    assertThat(EmbedForm.VECTORS.dataType().sql()).isEqualTo("ARRAY<ARRAY<FLOAT>>");
    assertThat(((StructType) EmbedForm.OUTCOME.dataType()).fieldNames())
        .containsExactly("embedding", "tokens", "truncated", "error");
  }

  @Test
  void vectorsHaveNoNullButListsOfVectorsMay() {
    assertThat(((ArrayType) EmbedForm.VECTOR.dataType()).containsNull()).isFalse();
    assertThat(((ArrayType) EmbedForm.VECTORS.dataType()).containsNull()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"VECTOR", "OUTCOME"})
  void stringIsOneText(EmbedForm form) {
    assertThat(form.texts(WORDS)).containsExactly("süße words");
    assertThat(form.texts(null)).containsExactly((String) null);
  }

  @Test
  void arrayIsAsManyTexts() {
    ArrayData array = new GenericArrayData(new Object[] {WORDS, null});
    assertThat(EmbedForm.VECTORS.texts(array)).containsExactly("süße words", null);
    assertThat(EmbedForm.VECTORS.texts(new GenericArrayData(new Object[0]))).isEmpty();
    assertThat(EmbedForm.VECTORS.texts(null)).isNull();
  }

  @Test
  void vectorOfAText() {
    ArrayData vector = (ArrayData) value(EmbedForm.VECTOR, EMBEDDING);
    assertThat(vector.toFloatArray()).containsExactly(0.5f, -1);
    assertThat(EmbedForm.VECTOR.value(Collections.singletonList(null))).isNull();
  }

  @Test
  void outcomeOfAText() {
    InternalRow outcome = (InternalRow) value(EmbedForm.OUTCOME, EMBEDDING);
    assertThat(outcome.getArray(0).toFloatArray()).containsExactly(0.5f, -1);
    assertThat(outcome.getInt(1)).isEqualTo(7);
    assertThat(outcome.getBoolean(2)).isTrue();
    assertThat(outcome.isNullAt(3)).isTrue();
    assertThat(outcome.numFields()).isEqualTo(4);
  }

  @Test
  void outcomeOfATextThatCannotBeEmbedded() {
    InternalRow outcome = (InternalRow) value(EmbedForm.OUTCOME, Embedding.failed("too long"));
    assertThat(outcome.isNullAt(0)).isTrue();
    assertThat(outcome.getInt(1)).isZero();
    assertThat(outcome.getBoolean(2)).isFalse();
    assertThat(outcome.getUTF8String(3).toString()).isEqualTo("too long");
    assertThat(EmbedForm.OUTCOME.value(Collections.singletonList(null))).isNull();
  }

  @Test
  void vectorsOfAnArray() {
    ArrayData vectors = (ArrayData) value(EmbedForm.VECTORS, null, EMBEDDING);
    assertThat(vectors.numElements()).isEqualTo(2);
    assertThat(vectors.isNullAt(0)).isTrue();
    assertThat(vectors.getArray(1).toFloatArray()).containsExactly(0.5f, -1);
    assertThat(((ArrayData) value(EmbedForm.VECTORS)).numElements()).isZero();
  }

  @Test
  void outcomeFieldsAreOfTheTypesThatValuesHave() {
    StructType type = (StructType) EmbedForm.OUTCOME.dataType();
    assertThat(type.apply("embedding").dataType()).isEqualTo(EmbedForm.VECTOR_TYPE);
    assertThat(type.apply("tokens").dataType()).isEqualTo(DataTypes.IntegerType);
    assertThat(type.apply("truncated").dataType()).isEqualTo(DataTypes.BooleanType);
    assertThat(type.apply("error").dataType()).isEqualTo(DataTypes.StringType);
  }
}
