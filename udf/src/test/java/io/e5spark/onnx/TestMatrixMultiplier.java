package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestMatrixMultiplier {
  private static void fill(MatrixMultiplier matrices, Random random) {
    for (int i = 0; i < matrices.left().capacity(); i++) {
      matrices.left().put(i, (float) random.nextGaussian());
    }
    for (int i = 0; i < matrices.right().capacity(); i++) {
      matrices.right().put(i, (float) random.nextGaussian());
    }
  }

  @Test
  void productIsThatOfEveryTwoRows() {
    try (MatrixMultiplier matrices = new MatrixMultiplier(3, 5, 7)) {
      fill(matrices, new Random(1));
      matrices.multiply();
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 5; column++) {
          double sum = 0;
          for (int i = 0; i < 7; i++) {
            sum += (double) matrices.left().get(row * 7 + i) * matrices.right().get(column * 7 + i);
          }
          assertThat(matrices.product().get(row * 5 + column))
              .isCloseTo((float) sum, within(1e-5f));
        }
      }
    }
  }

  @Test
  void matricesMayBeFilledAgain() {
    try (MatrixMultiplier matrices = new MatrixMultiplier(2, 2, 1)) {
      matrices.left().put(0, 1).put(1, 2);
      matrices.right().put(0, 3).put(1, 4);
      matrices.multiply();
      matrices.left().put(0, 10);
      matrices.multiply();
      assertThat(matrices.product().get(0)).isEqualTo(30);
      assertThat(matrices.product().get(3)).isEqualTo(8);
    }
  }

  @Test
  void whatIsNoNumberStaysInItsRow() {
    try (MatrixMultiplier matrices = new MatrixMultiplier(2, 2, 2)) {
      fill(matrices, new Random(2));
      matrices.left().put(0, Float.NaN);
      matrices.multiply();
      assertThat(matrices.product().get(0)).isNaN();
      assertThat(matrices.product().get(2)).isFinite();
    }
  }

  @Test
  void shapeOfMoreThanABufferHoldsIsRefused() {
    assertThatThrownBy(() -> new MatrixMultiplier(1 << 16, 2, 1 << 16))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void closingTwiceIsHarmless() {
    MatrixMultiplier matrices = new MatrixMultiplier(2, 2, 2);
    matrices.close();
    matrices.close();
  }

  @Test
  void closingFreesTheMemory() {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    long before = direct.getMemoryUsed();
    MatrixMultiplier matrices = new MatrixMultiplier(1_024, 1_024, 1_024);
    assertThat(direct.getMemoryUsed() - before).isGreaterThan(11 << 20);
    matrices.close();
    assertThat(direct.getMemoryUsed() - before).isLessThan(1 << 20);
  }

  /** A component may not depend on how many rows its product has, except for a single one. */
  @ParameterizedTest
  @CsvSource({"2, 384", "3, 384", "7, 768", "513, 1024", "1023, 384"})
  void productsOfAnyNumberOfRowsAreEqual(int rows, int inner) {
    try (MatrixMultiplier many = new MatrixMultiplier(1_024, 1_024, inner);
        MatrixMultiplier few = new MatrixMultiplier(rows, 1_024, inner)) {
      fill(many, new Random(3));
      few.left().put(0, many.left(), 0, few.left().capacity());
      few.right().put(0, many.right(), 0, few.right().capacity());
      many.multiply();
      few.multiply();
      float[] expected = new float[few.product().capacity()];
      float[] found = new float[few.product().capacity()];
      many.product().get(0, expected);
      few.product().get(0, found);
      assertThat(found).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "1023, 1023", "1024, 1024", "1025, 513", "3452, 863", "0, 2"})
  void rowsAreDividedEvenly(int all, int rows) {
    assertThat(MatrixMultiplier.evenRows(all, 1_024)).isEqualTo(rows);
  }
}
