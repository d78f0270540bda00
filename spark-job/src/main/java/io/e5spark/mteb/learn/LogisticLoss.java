package io.e5spark.mteb.learn;

import java.util.Arrays;

/**
 * The sum of log losses of a linear classifier's outputs plus half the squared norm of its weights.
 * Weights are {@code [outputs, dimension + 1]}, with the intercept of each output last. A single
 * output is the logit of class 1.
 */
final class LogisticLoss {
  private final float[][] vectors;
  private final int[] labels;
  private final int outputs;
  private final int dimension;

  LogisticLoss(float[][] vectors, int[] labels, int outputs) {
    this.vectors = vectors;
    this.labels = labels;
    this.outputs = outputs;
    this.dimension = vectors[0].length;
  }

  /** The number of weights, including intercepts. */
  int size() {
    return outputs * (dimension + 1);
  }

  /** Only the loss. */
  double value(double[] weights) {
    double sum = penalty(weights);
    for (int row = 0; row < vectors.length; row++) {
      double[] out = outputs(weights, vectors[row]);
      sum += loss(out, labels[row]);
    }
    return sum;
  }

  private double penalty(double[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += isIntercept(i) ? 0 : weights[i] * weights[i] / 2;
    }
    return sum;
  }

  private boolean isIntercept(int weight) {
    return weight % (dimension + 1) == dimension;
  }

  private double[] outputs(double[] weights, float[] vector) {
    double[] out = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      int start = output * (dimension + 1);
      double sum = weights[start + dimension];
      for (int i = 0; i < dimension; i++) {
        sum += weights[start + i] * vector[i];
      }
      out[output] = sum;
    }
    return out;
  }

  private double loss(double[] out, int label) {
    if (outputs == 1) {
      double margin = label == 1 ? out[0] : -out[0];
      return Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
    }
    double largest = Arrays.stream(out).max().orElseThrow();
    double sum = Arrays.stream(out).map(one -> Math.exp(one - largest)).sum();
    return largest + Math.log(sum) - out[label];
  }

  /** The probability of each output. */
  private double[] shares(double[] out) {
    if (outputs == 1) {
      return new double[] {1 / (1 + Math.exp(-out[0]))};
    }
    double largest = Arrays.stream(out).max().orElseThrow();
    double[] shares = Arrays.stream(out).map(one -> Math.exp(one - largest)).toArray();
    double sum = Arrays.stream(shares).sum();
    Arrays.setAll(shares, i -> shares[i] / sum);
    return shares;
  }

  /** The loss and its derivatives at these weights. */
  At at(double[] weights) {
    double[][] shares = new double[vectors.length][];
    double[] gradient = weights.clone();
    for (int i = dimension; i < gradient.length; i += dimension + 1) {
      gradient[i] = 0;
    }
    for (int row = 0; row < vectors.length; row++) {
      shares[row] = shares(outputs(weights, vectors[row]));
      add(gradient, errors(shares[row], labels[row]), vectors[row]);
    }
    return new At(this, value(weights), gradient, shares);
  }

  private double[] errors(double[] shares, int label) {
    double[] errors = shares.clone();
    if (outputs == 1) {
      errors[0] -= label;
    } else {
      errors[label] -= 1;
    }
    return errors;
  }

  /** Adds a vector, and 1 for the intercept, multiplied by the factor of each output. */
  private void add(double[] sum, double[] factors, float[] vector) {
    for (int output = 0; output < outputs; output++) {
      int start = output * (dimension + 1);
      double factor = factors[output];
      for (int i = 0; i < dimension; i++) {
        sum[start + i] += factor * vector[i];
      }
      sum[start + dimension] += factor;
    }
  }

  /**
   * The loss and its derivatives at one point.
   *
   * @param gradient {@code [size]}
   * @param shares the probabilities of the outputs for each row
   */
  @SuppressWarnings("ArrayRecordComponent")
  record At(LogisticLoss loss, double value, double[] gradient, double[][] shares) {
    double largestGradient() {
      return Arrays.stream(gradient).map(Math::abs).max().orElse(0);
    }

    /** The Hessian multiplied by a vector. */
    double[] timesHessian(double[] vector) {
      double[] product = vector.clone();
      for (int i = loss.dimension; i < product.length; i += loss.dimension + 1) {
        product[i] = 0;
      }
      for (int row = 0; row < shares.length; row++) {
        double[] change = loss.outputs(vector, loss.vectors[row]);
        loss.add(product, loss.curved(shares[row], change), loss.vectors[row]);
      }
      return product;
    }
  }

  /** How the probabilities of the outputs change with the outputs. */
  private double[] curved(double[] shares, double[] change) {
    if (outputs == 1) {
      return new double[] {shares[0] * (1 - shares[0]) * change[0]};
    }
    double mean = 0;
    for (int i = 0; i < change.length; i++) {
      mean += shares[i] * change[i];
    }
    double[] curved = new double[change.length];
    for (int i = 0; i < change.length; i++) {
      curved[i] = shares[i] * (change[i] - mean);
    }
    return curved;
  }
}
