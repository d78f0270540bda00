package io.e5spark.mteb.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Tests the numbers of Python's random.Random(42). */
class TestPythonRandom {
  @Test
  void sampleIsThatOfPython() {
    int[] sample = new PythonRandom(42).sample(1_004, 1_004);
    assertThat(Arrays.copyOf(sample, 8)).containsExactly(654, 114, 25, 759, 281, 250, 228, 142);
    assertThat(Arrays.stream(sample).distinct().count()).isEqualTo(1_004);
  }

  @Test
  void sampleOfManyHasNoneTwice() {
    int[] sample = new PythonRandom(1).sample(1_000_000, 50);
    assertThat(Arrays.stream(sample).distinct().count()).isEqualTo(50);
    assertThat(Arrays.stream(sample).boxed()).allMatch(number -> number >= 0 && number < 1_000_000);
  }

  @Test
  void choicesMayRepeat() {
    assertThat(new PythonRandom(42).choices(2, 100)).containsOnly(0, 1);
  }
}
