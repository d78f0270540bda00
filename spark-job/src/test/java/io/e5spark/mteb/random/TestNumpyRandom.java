package io.e5spark.mteb.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the numbers of numpy's RandomState(42). */
class TestNumpyRandom {
  @Test
  void numbersAreThoseOfNumpy() {
    NumpyRandom random = new NumpyRandom(42);
    assertThat(random.nextDouble()).isEqualTo(0.3745401188473625);
    assertThat(random.nextDouble()).isEqualTo(0.9507143064099162);
    assertThat(new NumpyRandom(42).below(1_200, 5)).containsExactly(1126, 860, 1130, 1095, 1044);
  }

  @Test
  void shuffleIsThatOfNumpy() {
    assertThat(new NumpyRandom(42).permutation(7)).containsExactly(0, 1, 5, 2, 4, 3, 6);
    assertThat(Arrays.copyOf(new NumpyRandom(42).permutation(500), 4))
        .containsExactly(361, 73, 374, 155);
    assertThat(Arrays.copyOf(new NumpyRandom(42).permutation(1_000), 4))
        .containsExactly(521, 737, 740, 660);
  }

  @Test
  void twoValuesComeInBothOrders() {
    assertThat(IntStream.range(0, 20).map(seed -> new NumpyRandom(seed).permutation(2)[0]).boxed())
        .contains(0, 1);
  }

  @Test
  void numberBelowOneTakesNoDraw() {
    NumpyRandom random = new NumpyRandom(42);
    assertThat(random.below(1)).isZero();
    assertThat(random.nextDouble()).isEqualTo(0.3745401188473625);
  }

  @Test
  void choiceIsOfAllAlike() {
    int[] chosen = new NumpyRandom(7).choice(3, 3_000);
    for (int number = 0; number < 3; number++) {
      int one = number;
      assertThat(Arrays.stream(chosen).filter(i -> i == one).count()).isBetween(900L, 1_100L);
    }
  }
}
