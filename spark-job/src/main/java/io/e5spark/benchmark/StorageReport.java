package io.e5spark.benchmark;

import io.e5spark.platform.Count;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The cost of each way to store vectors, as medians over the rounds. */
public record StorageReport(
    int vectors, int dimension, int rounds, List<StorageReport.Line> lines) {
  private static final double MILLION = 1e6;

  /**
   * The cost of a variant.
   *
   * @param bytes the bytes of the files per component
   * @param write CPU microseconds per vector for writing
   * @param read CPU microseconds per vector for reading only
   * @param search CPU microseconds per vector for reading and computing a score
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
