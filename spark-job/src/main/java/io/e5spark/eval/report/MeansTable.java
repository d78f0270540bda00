package io.e5spark.eval.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Means by label, such as {@code NDCG@10}, as text, with one line per metric and one column per
 * cut-off.
 */
public final class MeansTable {
  private MeansTable() {}

  /** The table, with a header line. */
  public static String of(Map<String, Double> means) {
    Map<String, Map<String, Double>> families = new LinkedHashMap<>();
    List<String> cutoffs = new ArrayList<>();
    means.forEach(
        (label, mean) -> {
          String[] parts = label.split("@", -1);
          String cutoff = parts.length == 1 ? "all" : parts[1];
          if (!cutoffs.contains(cutoff)) {
            cutoffs.add(cutoff);
          }
          families.computeIfAbsent(parts[0], key -> new LinkedHashMap<>()).put(cutoff, mean);
        });
    StringBuilder table = new StringBuilder("%-9s".formatted("@"));
    cutoffs.forEach(cutoff -> table.append("%9s".formatted(cutoff)));
    families.forEach((family, row) -> table.append('\n').append(line(family, row, cutoffs)));
    return table.toString();
  }

  private static String line(String family, Map<String, Double> row, List<String> cutoffs) {
    StringBuilder line = new StringBuilder("%-9s".formatted(family));
    for (String cutoff : cutoffs) {
      Double mean = row.get(cutoff);
      line.append(mean == null ? " ".repeat(9) : String.format(Locale.ROOT, "%9.5f", mean));
    }
    return line.toString().stripTrailing();
  }
}
