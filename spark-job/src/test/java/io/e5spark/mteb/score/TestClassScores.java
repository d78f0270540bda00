package io.e5spark.mteb.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestClassScores {
  @Test
  void meansAreOverTheLabelsThatOccur() {
    Map<String, Double> found = ClassScores.of(new int[] {0, 0, 1, 1}, new int[] {0, 2, 1, 1});
    assertThat(found.get("accuracy")).isEqualTo(0.75);
    // The F1 scores are 2/3, 1 and 0. The last score is that of the label that is never true.
    assertThat(found.get("f1")).isEqualTo(5.0 / 9, within(1e-12));
    assertThat(found.get("f1_weighted")).isEqualTo(5.0 / 6, within(1e-12));
  }

  @Test
  void averagePrecisionIsOfTwoLabelsAlone() {
    assertThat(ClassScores.of(new int[] {0, 1}, new int[] {0, 1})).containsEntry("ap", 1.0);
    assertThat(ClassScores.of(new int[] {0, 1, 2}, new int[] {0, 1, 2})).doesNotContainKey("ap");
  }

  @Test
  void clustersAreComparedWithClasses() {
    List<String> classes = List.of("a", "a", "b", "b");
    assertThat(VMeasure.of(classes, new int[] {7, 7, 3, 3})).isEqualTo(1, within(1e-12));
    assertThat(VMeasure.of(classes, new int[] {0, 0, 0, 0})).isZero();
    // The homogeneity is 1, and the completeness is 2/3.
    assertThat(VMeasure.of(classes, new int[] {0, 0, 1, 2})).isEqualTo(0.8, within(1e-12));
  }

  @Test
  void nearestTranslationIsTheFirstOfEquals() {
    float[][] right = {{2, 0}, {1, 0}, {0, 1}};
    assertThat(BitextScores.nearest(new float[] {1, 0}, right)).isZero();
    assertThat(BitextScores.of(new int[] {0, 1, 2}, new int[] {0, 0, 2}))
        .containsEntry("accuracy", 2.0 / 3);
  }
}
