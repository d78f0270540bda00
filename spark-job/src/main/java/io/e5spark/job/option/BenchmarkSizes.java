package io.e5spark.job.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much {@code benchmark} measures, and what it compares with. */
public final class BenchmarkSizes {
  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      description =
          "The number of texts per round (200 by default), or of vectors (1000000 by default).")
  @Nullable Integer limit;

  @Option(
      names = "--queries",
      paramLabel = "COUNT",
      description =
          "The number of queries of --search and --join, over --limit documents (200000 by default).")
  public int queries = 1_000;

  @Option(
      names = "--dimension",
      paramLabel = "COUNT",
      description = "The dimension of the vectors of --search, --join and --storage.")
  public int dimension = 768;

  @Option(
      names = "--k",
      paramLabel = "COUNT",
      description = "The number of documents per query of --search and --join.")
  public int k = 1_000;

  @Option(
      names = "--peak-tflops",
      paramLabel = "COUNT",
      description =
          "The peak rate to which --shapes relates the utilization; by default, on a CPU, the rate of its matrix products.")
  public @Nullable Double peakTeraflops;

  @Option(
      names = "--rounds",
      paramLabel = "COUNT",
      description = "The number of rounds, each of which measures both sides.")
  public int rounds = 3;

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public void check() {
    PositiveNumber.require("limit", limit(1));
    PositiveNumber.require("rounds", rounds);
    PositiveNumber.require("queries", queries);
    PositiveNumber.require("dimension", dimension);
    PositiveNumber.require("k", k);
    if (peakTeraflops != null && !(peakTeraflops > 0)) {
      throw new IllegalArgumentException(
          "Invalid peak-tflops: %s (must be more than 0)".formatted(peakTeraflops));
    }
  }

  /** The requested limit, or that of the benchmark. */
  public int limit(int byDefault) {
    return limit == null ? byDefault : limit;
  }
}
