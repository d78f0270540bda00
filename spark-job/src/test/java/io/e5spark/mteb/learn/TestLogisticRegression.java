package io.e5spark.mteb.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestLogisticRegression {
  private static final float[][] ROWS = {{-1}, {1}};

  @Test
  void twoRowsHaveAnOptimumThatCanBeComputed() {
    // By symmetry the intercept is 0, and the weight w solves w = 2 / (1 + exp(w)).
    LogisticRegression found = LogisticRegression.train(ROWS, new int[] {0, 1}, 2);
    double weight = found.output(0, new float[] {1}) - found.output(0, new float[] {0});
    assertThat(weight).isEqualTo(2 / (1 + Math.exp(weight)), within(1e-6));
    assertThat(found.output(0, new float[] {0})).isEqualTo(0, within(1e-6));
    assertThat(found.classOf(new float[] {0.1f})).isEqualTo(1);
    assertThat(found.classOf(new float[] {-0.1f})).isZero();
  }

  @Test
  void derivativesAreThoseOfTheLoss() {
    Random random = new Random(5);
    float[][] rows = new float[9][4];
    int[] labels = new int[9];
    for (int row = 0; row < 9; row++) {
      labels[row] = row % 3;
      for (int i = 0; i < 4; i++) {
        rows[row][i] = (float) random.nextGaussian();
      }
    }
    LogisticLoss loss = new LogisticLoss(rows, labels, 3);
    double[] weights = random.doubles(loss.size(), -1, 1).toArray();
    double[] step = random.doubles(loss.size(), -1, 1).toArray();
    double size = 1e-5;
    double[] ahead = moved(weights, step, size);
    double[] behind = moved(weights, step, -size);
    double slope = 0;
    double[] curved = loss.at(weights).timesHessian(step);
    for (int i = 0; i < step.length; i++) {
      slope += loss.at(weights).gradient()[i] * step[i];
      double change = loss.at(ahead).gradient()[i] - loss.at(behind).gradient()[i];
      assertThat(change / (2 * size)).isEqualTo(curved[i], within(1e-6));
    }
    assertThat((loss.value(ahead) - loss.value(behind)) / (2 * size))
        .isEqualTo(slope, within(1e-6));
  }

  private static double[] moved(double[] weights, double[] step, double size) {
    double[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += size * step[i];
    }
    return moved;
  }

  @Test
  void oneClassIsRefused() {
    assertThatThrownBy(() -> LogisticRegression.train(ROWS, new int[] {0, 0}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of classes: 1 (must be at least 2)");
  }

  @Test
  void trainingRowsAreTheFirstOfEachLabelInShuffledOrder() {
    // With seed 42, numpy shuffles seven rows to 0, 1, 5, 2, 4, 3, 6, and shuffles these to 0, 1,
    // 3, 5, 4, 2, 6.
    List<int[]> samples = TrainingSamples.of(List.of("a", "b", "a", "b", "a", "b", "a"), 2, 2);
    assertThat(samples.get(0)).containsExactly(0, 1, 5, 2);
    assertThat(samples.get(1)).containsExactly(0, 1, 3, 4);
  }
}
