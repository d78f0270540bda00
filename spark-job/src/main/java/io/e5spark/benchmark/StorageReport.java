package io.e5spark.benchmark;

import io.e5spark.platform.Count;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What each way to store vectors costs, medians over the rounds. */
public record StorageReport(
    int vectors, int dimension, int rounds, List<StorageReport.Line> lines) {
  private static final double MILLION = 1e6;

  /**
   * What a variant costs.
   *
   * @param bytes of the files, by component
   * @param write microseconds of CPU per vector
   * @param read the same of reading alone
   * @param search the same of reading and computing a score
   */
  record Cost(double bytes, double write, double read, double search) {}

  /** A variant with its median cost. */
  record Line(String variant, Cost cost) {
    static Line median(String variant, List<Cost> costs) {
      return new Line(
          variant,
          new Cost(
              Rounds.median(costs, Cost::bytes),
              Rounds.median(costs, Cost::write),
              Rounds.median(costs, Cost::read),
              Rounds.median(costs, Cost::search)));
    }
  }

  public String summary() {
    String head =
        String.format(
            Locale.ROOT,
            "%s of dimension %d, median of %s%n%-46s %10s %10s %10s %10s %15s%n",
            Count.of(vectors, "vector"),
            dimension,
            Count.of(rounds, "round"),
            "",
            "bytes/dim",
            "write µs",
            "read µs",
            "search µs",
            "searched/CPU-s");
    return head
        + lines.stream()
            .map(
                line ->
                    String.format(
                        Locale.ROOT,
                        "%-46s %10.3f %10.1f %10.1f %10.1f %,15.0f",
                        line.variant,
                        line.cost.bytes,
                        line.cost.write,
                        line.cost.read,
                        line.cost.search,
                        MILLION / line.cost.search))
            .collect(Collectors.joining("\n"));
  }
}
