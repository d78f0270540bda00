package io.e5spark.mteb.learn;

import io.e5spark.mteb.random.NumpyRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows that MTEB's classification experiments train on. Each experiment shuffles the order that
 * the previous one left, with a generator that is seeded again.
 */
public final class TrainingSamples {
  private static final int SEED = 42;

  private TrainingSamples() {}

  /**
   * The row numbers of each experiment, in the order in which the classifier gets them.
   *
   * @param labels the labels of all rows, in the order of the file
   * @param perLabel the number of rows per label, or all rows of a label that has fewer
   */
  public static List<int[]> of(List<String> labels, int perLabel, int experiments) {
    int[] order = IntStream.range(0, labels.size()).toArray();
    List<int[]> samples = new ArrayList<>();
    for (int experiment = 0; experiment < experiments; experiment++) {
      new NumpyRandom(SEED).shuffle(order);
      samples.add(first(order, labels, perLabel));
    }
    return samples;
  }

  private static int[] first(int[] order, List<String> labels, int perLabel) {
    Map<String, Integer> taken = new HashMap<>();
    return IntStream.of(order)
        .filter(row -> taken.merge(labels.get(row), 1, Integer::sum) <= perLabel)
        .toArray();
  }
}
