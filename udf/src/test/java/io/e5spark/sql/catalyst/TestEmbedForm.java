package io.e5spark.sql.catalyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.embed.Embedding;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class TestEmbedForm {
  private static final Embedding GOOD = Embedding.of(new float[] {0.6f, 0.8f}, 7, true);
  private static final Embedding BAD = Embedding.failed("no vector");

  @Test
  void vectorIsOfOneText() {
    assertThat(EmbedForm.VECTOR.texts(UTF8String.fromString("salt"))).containsExactly("salt");
    assertThat(EmbedForm.VECTOR.texts(null)).containsExactly((String) null);
    ArrayData vector = (ArrayData) EmbedForm.VECTOR.value(List.of(GOOD));
    assertThat(vector.toFloatArray()).containsExactly(0.6f, 0.8f);
    assertThat(EmbedForm.VECTOR.value(Collections.singletonList(null))).isNull();
  }

  @Test
  void outcomeHasVectorTokensTruncationAndError() {
    InternalRow good = (InternalRow) EmbedForm.OUTCOME.value(List.of(GOOD));
    assertThat(good.getArray(0).numElements()).isEqualTo(2);
    assertThat(good.getInt(1)).isEqualTo(7);
    assertThat(good.getBoolean(2)).isTrue();
    assertThat(good.isNullAt(3)).isTrue();
    InternalRow bad = (InternalRow) EmbedForm.OUTCOME.value(List.of(BAD));
    assertThat(bad.isNullAt(0)).isTrue();
    assertThat(bad.getUTF8String(3)).hasToString("no vector");
    assertThat(EmbedForm.OUTCOME.value(Collections.singletonList(null))).isNull();
  }

  @Test
  void vectorsAreElementByElement() {
    ArrayData texts = new GenericArrayData(new Object[] {UTF8String.fromString("salt"), null});
    assertThat(EmbedForm.VECTORS.texts(texts)).containsExactly("salt", null);
    assertThat(EmbedForm.VECTORS.texts(null)).isNull();
    ArrayData vectors = (ArrayData) EmbedForm.VECTORS.value(Arrays.asList(GOOD, null));
    assertThat(vectors.getArray(0).toFloatArray()).containsExactly(0.6f, 0.8f);
    assertThat(vectors.isNullAt(1)).isTrue();
  }
}
