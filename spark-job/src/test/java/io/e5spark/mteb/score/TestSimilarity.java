package io.e5spark.mteb.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestSimilarity {
  private static final float[] EAST = {3, 0};
  private static final float[] NORTH = {0, 4};
  private static final float[] ZERO = {0, 0};

  @Test
  void eachIsItsFormula() {
    assertThat(Similarity.COSINE.of(EAST, NORTH)).isEqualTo(0, within(1e-15));
    assertThat(Similarity.COSINE.of(EAST, new float[] {7, 0})).isEqualTo(1);
    assertThat(Similarity.MANHATTAN.of(EAST, NORTH)).isEqualTo(7);
    assertThat(Similarity.EUCLIDEAN.of(EAST, NORTH)).isEqualTo(5);
    assertThat(Similarity.DOT.of(EAST, new float[] {2, 9})).isEqualTo(6);
  }

  @Test
  void zeroVectorIsHalfAlikeByDistanceAndNotByProduct() {
    assertThat(Similarity.COSINE.of(EAST, ZERO)).isEqualTo(0.5);
    assertThat(Similarity.COSINE.of(ZERO, ZERO)).isEqualTo(1);
    assertThat(Similarity.cosineByProduct(EAST, ZERO)).isZero();
  }

  @Test
  void distancesAreLessWhereVectorsAreAlike() {
    assertThat(Similarity.EUCLIDEAN.higherIsMoreSimilar()).isFalse();
    assertThat(Similarity.COSINE.higherIsMoreSimilar()).isTrue();
  }
}
