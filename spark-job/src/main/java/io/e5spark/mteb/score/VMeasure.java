package io.e5spark.mteb.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The harmonic mean of how pure clusters are and how complete classes are, from 0 to 1. Source:
 * Rosenberg and Hirschberg 2007, as scikit-learn's {@code v_measure_score} computes it.
 */
public final class VMeasure {
  private static final double NOTHING = Math.ulp(1.0);

  private VMeasure() {}

  /**
   * Compares clusters with classes.
   *
   * @param classes the classes of the rows
   * @param clusters the clusters of the same rows
   */
  public static double of(List<String> classes, int[] clusters) {
    int rows = classes.size();
    if (rows == 0) {
      return 1;
    }
    Map<String, Integer> inClass = new HashMap<>();
    Map<Integer, Integer> inCluster = new HashMap<>();
    Map<Cell, Integer> inBoth = new HashMap<>();
    for (int i = 0; i < rows; i++) {
      inClass.merge(classes.get(i), 1, Integer::sum);
      inCluster.merge(clusters[i], 1, Integer::sum);
      inBoth.merge(new Cell(classes.get(i), clusters[i]), 1, Integer::sum);
    }
    double shared = 0;
    for (Map.Entry<Cell, Integer> cell : inBoth.entrySet()) {
      double count = cell.getValue();
      double expected =
          Math.log(inClass.getOrDefault(cell.getKey().label, 0))
              + Math.log(inCluster.getOrDefault(cell.getKey().cluster, 0))
              - Math.log(rows);
      shared += count / rows * (Math.log(count) - expected);
    }
    return harmonic(
        Math.max(shared, 0), entropy(inClass.values(), rows), entropy(inCluster.values(), rows));
  }

  private record Cell(String label, int cluster) {}

  private static double entropy(Iterable<Integer> counts, int rows) {
    double sum = 0;
    for (int count : counts) {
      sum -= (double) count / rows * (Math.log(count) - Math.log(rows));
    }
    return sum;
  }

  private static double harmonic(double shared, double ofClasses, double ofClusters) {
    double information = shared < NOTHING ? 0 : shared;
    double homogeneity = ofClasses == 0 ? 1 : information / ofClasses;
    double completeness = ofClusters == 0 ? 1 : information / ofClusters;
    double sum = homogeneity + completeness;
    return sum == 0 ? 0 : 2 * homogeneity * completeness / sum;
  }
}
