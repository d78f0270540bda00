package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

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
}
