package io.e5spark.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.e5spark.onnx.MatrixMultiplier;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the CPU time of similarities with constants: row by row, as {@code e5_similarity}
 * computes them, and as products of blocks that are copied from Spark's rows. The vectors have 384
 * dimensions.
 */
@Tag("slow")
class TestBlockSpeed {
  private static final int DIMENSION = 384;
  private static final int BLOCK = 4_096;
  private static final int ROWS = 16 * BLOCK;
  private static final int ROUNDS = 5;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void rowsAgainstConstants(int constants) {
    UnsafeArrayData[] rows = new UnsafeArrayData[ROWS];
    Random random = new Random(1);
    for (int i = 0; i < ROWS; i++) {
      rows[i] = UnsafeArrayData.fromPrimitiveArray(vector(random));
    }
    float[][] queries = new float[constants][];
    for (int i = 0; i < constants; i++) {
      queries[i] = vector(random);
    }
    double best = 0;
    double blocked = Double.MAX_VALUE;
    double single = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      double start = nanoseconds();
      best += rowByRow(rows, queries);
      double middle = nanoseconds();
      best -= inBlocks(rows, queries);
      single = Math.min(single, middle - start);
      blocked = Math.min(blocked, nanoseconds() - middle);
    }
    System.out.printf(
        Locale.ROOT,
        "%d constants: %.0f ns per row, %.0f in blocks, %.2f times as many%n",
        constants,
        single / ROWS,
        blocked / ROWS,
        single / blocked);
    assertThat(best).isBetween(-0.1, 0.1);
  }

  private static double nanoseconds() {
    return (double) PROCESS.getProcessCpuTime();
  }

  private static float[] vector(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = random.nextFloat() - 0.5f;
    }
    return vector;
  }

  private static double rowByRow(UnsafeArrayData[] rows, float[][] queries) {
    double best = 0;
    for (UnsafeArrayData row : rows) {
      for (float[] query : queries) {
        best = Math.max(best, DotProduct.ofFloats(row, query));
      }
    }
    return best;
  }

  private static double inBlocks(UnsafeArrayData[] rows, float[][] queries) {
    double best = 0;
    int left = Math.max(2, queries.length);
    float[] scores = new float[left * BLOCK];
    try (MatrixMultiplier product = new MatrixMultiplier(left, BLOCK, DIMENSION)) {
      for (int i = 0; i < queries.length; i++) {
        product.left().put(i * DIMENSION, queries[i]);
      }
      for (int first = 0; first < ROWS; first += BLOCK) {
        for (int i = 0; i < BLOCK; i++) {
          product.right().put(i * DIMENSION, rows[first + i].toFloatArray());
        }
        product.multiply();
        product.product().get(0, scores);
        for (int i = 0; i < queries.length * BLOCK; i++) {
          best = Math.max(best, scores[i]);
        }
      }
    }
    return best;
  }
}
