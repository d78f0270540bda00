package io.e5spark.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that a misspelled one probably means. */
public final class NearestName {
  private NearestName() {}

  /** The nearest of {@code names}, unless it differs in more than a third of its characters. */
  public static Optional<String> of(String mistyped, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(mistyped, name)))
        .filter(name -> distance(mistyped, name) <= Math.max(2, name.length() / 3));
  }

  /** The Levenshtein distance: the fewest insertions, deletions and replacements. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
