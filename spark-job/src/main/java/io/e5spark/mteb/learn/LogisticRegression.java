package io.e5spark.mteb.learn;

import java.util.Arrays;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.ConjugateGradient;
import org.apache.commons.math3.linear.RealLinearOperator;
import org.apache.commons.math3.linear.RealVector;

/**
 * A linear classifier at the optimum of {@code sum of log losses + |weights|² / 2}, without a
 * penalty on intercepts: a softmax over three classes or more, or one logit for two. Source:
 * scikit-learn's {@code LogisticRegression} with {@code C=1}.
 *
 * <p>It is found by Newton's method. The Hessian is only multiplied by vectors, and each step is
 * solved by conjugate gradients.
 */
public final class LogisticRegression implements java.io.Serializable {
  private static final int MOST_STEPS = 100;
  private static final int MOST_PRODUCTS = 5_000;
  private static final int MOST_HALVINGS = 40;
  private static final double LARGEST_GRADIENT = 1e-7;
  private static final double SUFFICIENT = 1e-4;

  /**
   * The accuracy of a step's equations, relative to their right side; the next step corrects what
   * remains.
   */
  private static final double RESIDUAL = 1e-3;

  private final double[] weights;
  private final int outputs;
  private final int dimension;

  private LogisticRegression(double[] weights, int outputs, int dimension) {
    this.weights = weights;
    this.outputs = outputs;
    this.dimension = dimension;
  }

  /**
   * Trains a classifier.
   *
   * @param vectors {@code [rows, dimension]}
   * @param labels the labels of the rows, from 0 (inclusive) to {@code classes} (exclusive)
   * @throws IllegalArgumentException if there are fewer than two classes
   */
  public static LogisticRegression train(float[][] vectors, int[] labels, int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "Invalid number of classes: %s (must be at least 2)".formatted(classes));
    }
    int outputs = classes == 2 ? 1 : classes;
    LogisticLoss loss = new LogisticLoss(vectors, labels, outputs);
    double[] weights = new double[loss.size()];
    for (int step = 0; step < MOST_STEPS; step++) {
      LogisticLoss.At here = loss.at(weights);
      if (here.largestGradient() <= LARGEST_GRADIENT) {
        break;
      }
      weights = next(loss, here, weights);
    }
    return new LogisticRegression(weights, outputs, vectors[0].length);
  }

  private static double[] next(LogisticLoss loss, LogisticLoss.At here, double[] weights) {
    double[] direction = direction(here);
    double slope = 0;
    for (int i = 0; i < direction.length; i++) {
      slope += direction[i] * here.gradient()[i];
    }
    double size = 1;
    double[] candidate = moved(weights, direction, size);
    for (int halving = 0;
        halving < MOST_HALVINGS && loss.value(candidate) > here.value() + SUFFICIENT * size * slope;
        halving++) {
      size /= 2;
      candidate = moved(weights, direction, size);
    }
    return candidate;
  }

  private static double[] moved(double[] weights, double[] direction, double size) {
    double[] moved = weights.clone();
    Arrays.setAll(moved, i -> weights[i] + size * direction[i]);
    return moved;
  }

  private static double[] direction(LogisticLoss.At here) {
    RealVector downhill = new ArrayRealVector(here.gradient()).mapMultiply(-1);
    return new ConjugateGradient(MOST_PRODUCTS, RESIDUAL, false)
        .solve(new Hessian(here), downhill)
        .toArray();
  }

  /** The second derivatives, as a factor of vectors. */
  private static final class Hessian extends RealLinearOperator {
    private final LogisticLoss.At here;

    Hessian(LogisticLoss.At here) {
      this.here = here;
    }

    @Override
    public int getRowDimension() {
      return here.gradient().length;
    }

    @Override
    public int getColumnDimension() {
      return here.gradient().length;
    }

    @Override
    public RealVector operate(RealVector vector) {
      return new ArrayRealVector(here.timesHessian(vector.toArray()), false);
    }
  }

  /**
   * The class with the largest output; the first one if several are equal. Of two classes, it is
   * the second if its logit is positive.
   */
  public int classOf(float[] vector) {
    if (outputs == 1) {
      return output(0, vector) > 0 ? 1 : 0;
    }
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int output = 0; output < outputs; output++) {
      double one = output(output, vector);
      if (one > largest) {
        largest = one;
        best = output;
      }
    }
    return best;
  }

  /** The value of an output for a vector. */
  double output(int output, float[] vector) {
    int start = output * (dimension + 1);
    double sum = weights[start + dimension];
    for (int i = 0; i < dimension; i++) {
      sum += weights[start + i] * vector[i];
    }
    return sum;
  }
}
