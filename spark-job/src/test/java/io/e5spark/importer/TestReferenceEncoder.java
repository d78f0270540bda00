package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint.Family;
import io.e5spark.model.Pooling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestReferenceEncoder {
  @TempDir Path directory;

  private double[][] encode(boolean normalize, int[]... texts) throws IOException {
    new SyntheticCheckpoint(8, 2, 2, 40, 16, "F32", "").in(directory);
    try (Checkpoint checkpoint = Checkpoint.open(directory)) {
      return new ReferenceEncoder(checkpoint).encode(texts, Pooling.MEAN, normalize);
    }
  }

  private static double norm(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }

  @Test
  void normalizedVectorIsTheOtherOverItsNorm() throws IOException {
    double[] mean = encode(false, new int[] {2, 9, 3})[0];
    double[] unit = encode(true, new int[] {2, 9, 3})[0];
    assertThat(norm(unit)).isCloseTo(1, within(1e-12));
    for (int i = 0; i < mean.length; i++) {
      assertThat(unit[i]).isCloseTo(mean[i] / norm(mean), within(1e-12));
    }
  }

  /**
   * The expected numbers come from Hugging Face's FlaxBertModel and FlaxXLMRobertaModel in double
   * precision. An independent program computed the same digits. Where a text contains {@code <pad>}
   * (token 1), the positions continue.
   */
  @ParameterizedTest
  @CsvSource({
    "BERT,  MEAN, 2 5 8 4 3, 1.333369294247 -1.032705485114 -0.537462410343 -0.199659945249",
    "BERT,  CLS,  2 5 8 4 3, 0.862185867004 -0.144706010083 -1.305557013339 0.236692296870",
    "XLM_R, MEAN, 0 5 8 4 2, 0.677106727606 -0.987972947685 -0.382953841707 0.263985906603",
    "XLM_R, CLS,  0 5 8 4 2, -0.992217951368 -0.978760142566 0.279555091252 1.288886834180",
    "XLM_R, MEAN, 0 5 1 8 2, 0.194750343315 -1.144734869537 -0.133442775690 0.633313068578",
    "XLM_R, CLS,  0 5 1 8 2, -0.944744752216 -0.870411163796 0.095467611956 1.319855758346"
  })
  void definitionIsThatOfOtherImplementations(
      Family family, Pooling pooling, String text, String expected) throws IOException {
    SyntheticCheckpoint shape = new SyntheticCheckpoint(family, 4, 1, 2, 9, 6, "F32", "");
    int[] ids = Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    double[] wanted = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    try (Checkpoint checkpoint = Checkpoint.open(shape.in(directory, new Fractions()))) {
      double[][] actual =
          new ReferenceEncoder(checkpoint).encode(new int[][] {ids}, pooling, false);
      assertThat(actual[0]).containsExactly(wanted, within(1e-9));
    }
  }

  /**
   * Multiples of 1/8 from -5/8 to 5/8, in a different order for each tensor. The scales of norms
   * are around 1.
   */
  private static final class Fractions implements SyntheticCheckpoint.Numbers {
    private final List<String> tensors = new ArrayList<>();

    @Override
    public float at(String tensor, int place) {
      if (!tensors.contains(tensor)) {
        tensors.add(tensor);
      }
      float eighths = ((7 * place + 3 * tensors.indexOf(tensor)) % 11 - 5) / 8f;
      return tensor.endsWith("LayerNorm.weight") ? 1 + eighths / 4 : eighths;
    }
  }

  @Test
  void textDoesNotDependOnTheOthers() throws IOException {
    int[] text = {2, 9, 10, 3};
    assertThat(encode(true, new int[] {2, 3}, text)[1]).isEqualTo(encode(true, text)[0]);
  }

  @Test
  void orderOfTokensCounts() throws IOException {
    double[][] vectors = encode(true, new int[] {2, 9, 10, 3}, new int[] {2, 10, 9, 3});
    assertThat(vectors[0]).isNotEqualTo(vectors[1]);
  }
}
