package io.e5spark.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

class TestInt8Vector {
  private static <T> Seq<T> seq(List<T> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  @Test
  void nullStaysNull() {
    assertThat(Int8Vector.of(null, 1)).isNull();
    assertThat(Int8Vector.floats(null, 1)).isNull();
  }

  @Test
  void wholeNumbersComeBackTimesTheScale() {
    List<Byte> packed = Int8Vector.of(seq(List.of(0.5f, -0.25f, 9f, -9f)), 0.0625);
    assertThat(packed).containsExactly((byte) 8, (byte) -4, (byte) 127, (byte) -127);
    assertThat(Int8Vector.floats(seq(packed), 0.0625f))
        .containsExactly(0.5f, -0.25f, 7.9375f, -7.9375f);
  }
}
