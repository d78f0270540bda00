package io.e5spark.job.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code benchmark} measures instead of the whole job. */
public final class BenchmarkKind {
  @Option(
      names = "--sql",
      description = "Also run a query with e5_embed, and compare it with the job.")
  public boolean sql;

  @Option(
      names = "--similarity",
      description = "Measure a search by e5_similarity over random vectors.")
  public boolean similarity;

  @Option(
      names = "--search",
      description =
          "Compare the exact search of evaluate, over random vectors, with matrix products.")
  public boolean search;

  @Option(
      names = "--join",
      description =
          "Compare the join e5_nearest, of random vectors, with matrix products and a cross join.")
  public boolean join;

  @Option(
      names = "--storage",
      description =
          "Measure the size and the time of random vectors of each type, with several settings of Parquet.")
  public boolean storage;

  @Option(
      names = "--index",
      paramLabel = "PATH_OR_TABLE",
      description =
          "Measure an index over --limit vectors that cluster like those of this vector table: its recall, and how much its searches read and how long they take.")
  public @Nullable String index;

  @Option(names = "--merges", description = "Measure --rounds merges of one changed row each.")
  public boolean merges;

  @Option(
      names = "--shapes",
      description =
          "Measure the model with full batches of several lengths and token budgets, and its utilization of the device.")
  public boolean shapes;

  @Option(
      names = "--against",
      paramLabel = "NAME_OR_DIR",
      description =
          "Compare the model with this one, with batches of several shapes on one thread.")
  public @Nullable String against;
}
