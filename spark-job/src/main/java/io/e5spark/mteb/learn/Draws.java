package io.e5spark.mteb.learn;

import io.e5spark.mteb.random.NumpyRandom;

/** How versions of scikit-learn draw the rows of its mini-batch k-means. */
public enum Draws {
  /** Up to 1.2, with which the cards were made. */
  UP_TO_1_2,
  /** From 1.3 to 1.8: the first centre is drawn by weights. */
  FROM_1_3,
  /** From 1.9: batches are drawn by weights, too. */
  FROM_1_9;

  int firstCentre(NumpyRandom random, int rows) {
    return this == UP_TO_1_2 ? random.below(rows) : random.choice(rows, 1)[0];
  }

  int[] batch(NumpyRandom random, int rows, int size) {
    return this == FROM_1_9 ? random.choice(rows, size) : random.below(rows, size);
  }
}
