package io.e5spark.index;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a search with a number of probes finds and costs, on average over queries.
 *
 * @param probes the number of lists that it reads
 * @param recallAt10 the share of the 10 nearest rows that it finds
 * @param recallAt100 the share of the 100 nearest rows that it finds
 * @param rows the share of the table's rows that it reads
 * @param bytes the share of the bytes of an exact search that it reads; null if it was not measured
 * @param seconds its seconds; null if it was not measured
 */
public record RecallPoint(
    int probes,
    double recallAt10,
    double recallAt100,
    double rows,
    @Nullable Double bytes,
    @Nullable Double seconds) {

  RecallPoint with(ProbeCost.Cost cost, ProbeCost.Cost exact) {
    double share = cost.bytes() / Math.max(1, exact.bytes());
    return new RecallPoint(probes, recallAt10, recallAt100, rows, share, cost.seconds());
  }

  /** A line of a table. */
  String text() {
    return String.format(
            Locale.ROOT,
            "%8d %10.4f %11.4f %8.2f %% %10s %9s",
            probes,
            recallAt10,
            recallAt100,
            100 * rows,
            bytes == null ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * bytes),
            seconds == null ? "" : String.format(Locale.ROOT, "%.3f", seconds))
        .stripTrailing();
  }
}
