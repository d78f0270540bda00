package io.e5spark.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

class TestPackedVector {
  private static <T> Seq<T> seq(List<T> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  @Test
  void nullStaysNull() {
    assertThat(PackedVector.int8(null, 1)).isNull();
    assertThat(PackedVector.floats(null, 1)).isNull();
    assertThat(PackedVector.signs(null)).isNull();
    assertThat(PackedVector.floats(null)).isNull();
  }

  @Test
  void wholeNumbersComeBackTimesTheScale() {
    List<Byte> packed = PackedVector.int8(seq(List.of(0.5f, -0.25f, 9f, -9f)), 0.0625);
    assertThat(packed).containsExactly((byte) 8, (byte) -4, (byte) 127, (byte) -127);
    assertThat(PackedVector.floats(seq(packed), 0.0625f))
        .containsExactly(0.5f, -0.25f, 7.9375f, -7.9375f);
  }

  @Test
  void signsComeBackWithNormOne() {
    Float[] vector = new Float[16];
    Arrays.fill(vector, -1f);
    vector[0] = 0.1f;
    vector[9] = 0f;
    byte[] bits = PackedVector.signs(seq(List.of(vector)));
    assertThat(bits).containsExactly(0x01, 0x02);
    assertThat(PackedVector.floats(bits))
        .hasSize(16)
        .startsWith(0.25f, -0.25f)
        .endsWith(-0.25f)
        .contains(0.25f, org.assertj.core.data.Index.atIndex(9));
  }

  @Test
  void negativeZeroCountsAsNotNegative() {
    Float[] vector = new Float[8];
    Arrays.fill(vector, -0f);
    assertThat(PackedVector.signs(seq(List.of(vector)))).containsExactly(0xff);
  }
}
