package io.e5spark.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestMatrix {
  private final Matrix matrix =
      Matrix.transposed("dense", new float[] {1, 2, 3, 4, 5, -6}, /* out= */ 3, /* in= */ 2);

  @Test
  void rowsBecomeColumns() {
    assertThat(matrix.values()).containsExactly(1, 3, 5, 2, 4, -6);
    assertThat(matrix.in()).isEqualTo(2);
    assertThat(matrix.out()).isEqualTo(3);
  }

  @Test
  void largestIsTheLargestAbsoluteValueOfARow() {
    assertThat(matrix.largest(0)).isEqualTo(5);
    assertThat(matrix.largest(1)).isEqualTo(6);
  }

  @Test
  void eachRowIsMultipliedByItsFactor() {
    assertThat(matrix.scaled(new float[] {2, 10}).values()).containsExactly(2, 6, 10, 20, 40, -60);
  }

  @Test
  void productIsThatOfAVectorFromTheLeft() {
    assertThat(matrix.product(new float[] {1, 10})).containsExactly(21, 43, -55);
  }
}
