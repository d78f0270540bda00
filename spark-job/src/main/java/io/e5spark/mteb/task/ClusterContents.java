package io.e5spark.mteb.task;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A clustered row and the labels in its clusters.
 *
 * @param vMeasure the V-measure of the row
 * @param clusters the largest clusters, largest first: the size, and labels with their shares
 */
record ClusterContents(double vMeasure, List<List<String>> clusters) implements Serializable {
  private static final int LABELS = 4;

  static ClusterContents of(double vMeasure, List<String> labels, int[] found) {
    Map<Integer, Map<String, Integer>> clusters = new LinkedHashMap<>();
    for (int i = 0; i < found.length; i++) {
      clusters
          .computeIfAbsent(found[i], cluster -> new LinkedHashMap<>())
          .merge(labels.get(i), 1, Integer::sum);
    }
    List<List<String>> rows =
        clusters.values().stream()
            .sorted(Comparator.comparingInt(ClusterContents::size).reversed())
            .limit(Finding.MOST)
            .<List<String>>map(
                one -> new ArrayList<>(List.of(String.valueOf(size(one)), text(one))))
            .collect(Collectors.toCollection(ArrayList::new));
    return new ClusterContents(vMeasure, rows);
  }

  private static int size(Map<String, Integer> cluster) {
    return cluster.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String text(Map<String, Integer> cluster) {
    return cluster.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(LABELS)
        .map(one -> one.getKey() + " " + Finding.percent((double) one.getValue() / size(cluster)))
        .collect(Collectors.joining(", "));
  }

  /** The clusters of the worst rows. */
  static List<Finding> findings(List<ClusterContents> rows) {
    List<Finding> findings = new ArrayList<>();
    rows.stream()
        .sorted(Comparator.comparingDouble(ClusterContents::vMeasure))
        .limit(3)
        .forEach(
            one ->
                findings.add(
                    new Finding(
                        "Clusters of row %s, whose v-measure is %s"
                            .formatted(rows.indexOf(one), Finding.number(one.vMeasure)),
                        List.of("size", "labels"),
                        one.clusters)));
    return findings;
  }
}
