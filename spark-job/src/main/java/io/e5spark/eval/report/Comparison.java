package io.e5spark.eval.report;

import io.e5spark.eval.PerQuery;
import io.e5spark.platform.Count;
import io.e5spark.platform.DataFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.inference.TestUtils;

/**
 * Compares two evaluations of the same queries, metric by metric.
 *
 * @param queries the number of queries in both
 * @param metrics the differences of the means over these queries, by label
 * @param moved the queries whose headline metric changed most, largest change first
 */
public record Comparison(int queries, Map<String, Difference> metrics, List<Moved> moved) {
  private static final int SHOWN_MOVES = 10;
  private static final double SIGNIFICANT = 0.05;

  /**
   * One metric.
   *
   * @param difference {@code after - before}
   * @param p the two-sided p-value of Student's paired t-test; 1 if no query changed
   */
  public record Difference(double before, double after, double difference, double p) {}

  /** The headline metric of one query. */
  public record Moved(String query, double before, double after) {}

  /** The results of an earlier evaluation, query by query. */
  public static final class Baseline {
    private final PerQuery perQuery;

    private Baseline(PerQuery perQuery) {
      this.perQuery = perQuery;
    }

    /**
     * Compares it with the result of another evaluation.
     *
     * @throws IllegalArgumentException if the two have no query in common
     */
    public Comparison compare(DataFile output) {
      return Comparison.of(perQuery, ReportFiles.perQuery(output));
    }
  }

  /**
   * Reads the output of an earlier evaluation.
   *
   * @throws IllegalArgumentException if the file is not such an output
   */
  public static Baseline baseline(DataFile output) {
    if (!output.in(ReportFiles.PER_QUERY).exists()) {
      throw new IllegalArgumentException(
          "Cannot compare with %s: it is not the output of an evaluation, since it has no %s"
              .formatted(output.location(), ReportFiles.PER_QUERY));
    }
    return new Baseline(ReportFiles.perQuery(output));
  }

  static Comparison of(PerQuery before, PerQuery after) {
    List<String> common = after.queries().stream().filter(before.queries()::contains).toList();
    if (common.size() < 2) {
      throw new IllegalArgumentException(
          "Cannot compare evaluations that have %s in common (must be at least 2)"
              .formatted(Count.of(common.size(), "query")));
    }
    Map<String, Difference> differences = new LinkedHashMap<>();
    for (String label : after.labels(common.get(0))) {
      if (before.labels(common.get(0)).contains(label)) {
        differences.put(
            label, difference(values(before, common, label), values(after, common, label)));
      }
    }
    String headline = HeadlineMetric.of(means(differences));
    return new Comparison(common.size(), differences, moved(before, after, common, headline));
  }

  private static double[] values(PerQuery perQuery, List<String> queries, String label) {
    return queries.stream().mapToDouble(query -> perQuery.value(query, label)).toArray();
  }

  private static Difference difference(double[] before, double[] after) {
    double p = TestUtils.pairedTTest(before, after);
    double meanBefore = java.util.Arrays.stream(before).average().orElse(0);
    double meanAfter = java.util.Arrays.stream(after).average().orElse(0);
    return new Difference(meanBefore, meanAfter, meanAfter - meanBefore, Double.isNaN(p) ? 1 : p);
  }

  private static Map<String, Double> means(Map<String, Difference> differences) {
    Map<String, Double> means = new LinkedHashMap<>();
    differences.forEach((label, one) -> means.put(label, one.after()));
    return means;
  }

  private static List<Moved> moved(
      PerQuery before, PerQuery after, List<String> queries, String label) {
    List<Moved> moved = new ArrayList<>();
    for (String query : queries) {
      Moved one = new Moved(query, before.value(query, label), after.value(query, label));
      if (one.before() != one.after()) {
        moved.add(one);
      }
    }
    moved.sort(
        Comparator.comparing((Moved one) -> Math.abs(one.after() - one.before())).reversed());
    return moved.subList(0, Math.min(SHOWN_MOVES, moved.size()));
  }

  /** A table for people. */
  public String summary() {
    StringBuilder text =
        new StringBuilder(
            "%-14s%10s%10s%10s%10s".formatted("against", "before", "after", "change", "p"));
    metrics.forEach(
        (label, one) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%n%-14s%10.5f%10.5f%+10.5f%10.4f%s",
                    label,
                    one.before(),
                    one.after(),
                    one.difference(),
                    one.p(),
                    one.p() < SIGNIFICANT ? " *" : "")));
    text.append("%n%s in both; * p < 0.05, paired t-test".formatted(Count.of(queries, "query")));
    moved.forEach(
        one ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%nMoved    %s: %.4f to %.4f",
                    one.query(),
                    one.before(),
                    one.after())));
    return text.toString();
  }
}
