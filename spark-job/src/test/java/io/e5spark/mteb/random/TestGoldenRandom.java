package io.e5spark.mteb.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.e5spark.mteb.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares random numbers with those of numpy and Python. */
class TestGoldenRandom {
  private static JsonElement expected(String name) {
    return Golden.cases("random.json").stream()
        .filter(one -> one.get("name").getAsString().startsWith(name))
        .findFirst()
        .orElseThrow()
        .get("expected");
  }

  @Test
  void numbers() {
    NumpyRandom random = new NumpyRandom(42);
    for (double number : Golden.doubles(expected("random_sample"))) {
      assertThat(random.nextDouble()).isEqualTo(number);
    }
    assertThat(new NumpyRandom(42).below(1_200, 12))
        .isEqualTo(Golden.ints(expected("RandomState(42).randint(0, 1200, 12)")));
    assertThat(Arrays.copyOf(new NumpyRandom(42).permutation(500), 6))
        .isEqualTo(Golden.ints(expected("RandomState(42).choice(500")));
  }

  @Test
  void shuffles() {
    for (JsonObject one : Golden.cases("random.json")) {
      if (one.has("n")) {
        int[] order = IntStream.range(0, one.get("n").getAsInt()).toArray();
        for (JsonElement round : one.getAsJsonArray("expected")) {
          new NumpyRandom(42).shuffle(order);
          int[] first = Golden.ints(round.getAsJsonObject().get("first"));
          assertThat(Arrays.copyOf(order, first.length)).isEqualTo(first);
        }
      }
    }
  }

  @Test
  void python() {
    JsonObject expected = expected("random.Random(42)").getAsJsonObject();
    PythonRandom random = new PythonRandom(42);
    List<int[]> found =
        List.of(
            random.sample(1_004, 1_004),
            random.choices(1_004, 16_384),
            random.choices(1_004, 16_384));
    List<String> names = List.of("sample", "choices", "choices_again");
    for (int i = 0; i < names.size(); i++) {
      int[] first = Golden.ints(expected.get(names.get(i)));
      assertThat(Arrays.copyOf(found.get(i), first.length)).isEqualTo(first);
    }
  }
}
