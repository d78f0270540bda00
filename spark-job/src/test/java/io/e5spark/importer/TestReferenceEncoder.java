package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReferenceEncoder {
  @TempDir Path directory;

  private double[][] encode(boolean normalize, int[]... texts) throws IOException {
    new SyntheticCheckpoint(8, 2, 2, 40, 16, "F32", "").in(directory);
    try (Checkpoint checkpoint = Checkpoint.open(directory)) {
      return new ReferenceEncoder(checkpoint).encode(texts, normalize);
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
