package io.e5spark.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TestVectorCheck {
  @Test
  void unitVectorIsFine() {
    assertThat(VectorCheck.problem(new float[] {0.6f, -0.8f}, true)).isNull();
  }

  @Test
  void otherNormsAreFineWhereVectorsAreNotNormalized() {
    assertThat(VectorCheck.problem(new float[] {3, 4}, false)).isNull();
    assertThat(VectorCheck.problem(new float[] {3, 4}, true))
        .isEqualTo("Invalid vector: its norm is 5.000000 (must be 1)");
    assertThat(VectorCheck.problem(new float[2], true)).contains("its norm is 0.000000");
  }

  @Test
  void whatIsNoNumberIsAProblemAlways() {
    for (float component : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1f / 0}) {
      assertThat(VectorCheck.problem(new float[] {1, component}, false))
          .isEqualTo("Invalid vector: the model returned a component that is not a number");
    }
  }

  @Test
  void messageIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(VectorCheck.problem(new float[] {2}, true)).contains("2.000000");
    } finally {
      Locale.setDefault(before);
    }
  }
}
