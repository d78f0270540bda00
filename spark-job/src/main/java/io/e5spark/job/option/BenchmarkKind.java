package io.e5spark.job.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code benchmark} measures in place of the whole job. */
public final class BenchmarkKind {
  @Option(names = "--sql", description = "Also a query with e5_embed, against the job.")
  public boolean sql;

  @Option(names = "--similarity", description = "A search by e5_similarity over random vectors.")
  public boolean similarity;

  @Option(
      names = "--search",
      description = "The exact search of evaluate over random vectors, against matrix products.")
  public boolean search;

  @Option(
      names = "--join",
      description =
          "The join e5_nearest of random vectors, against matrix products and a cross join.")
  public boolean join;

  @Option(
      names = "--storage",
      description =
          "Size and time of random vectors of each type, with several settings of Parquet.")
  public boolean storage;

  @Option(
      names = "--index",
      paramLabel = "PATH_OR_TABLE",
      description =
          "An index over --limit vectors that cluster as those of this vector table do: its recall, and what searches with it read and take.")
  public @Nullable String index;

  @Option(
      names = "--merges",
      description = "Merges of one changed row each, as many as --rounds says.")
  public boolean merges;

  @Option(
      names = "--shapes",
      description =
          "The model with full batches of several lengths and token budgets, and its utilization of the device.")
  public boolean shapes;

  @Option(
      names = "--against",
      paramLabel = "NAME_OR_DIR",
      description = "The model against this one, with batches of several shapes on one thread.")
  public @Nullable String against;
}
