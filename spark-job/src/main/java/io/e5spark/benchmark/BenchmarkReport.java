package io.e5spark.benchmark;

import io.e5spark.platform.Count;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a benchmark: the whole job against the ceiling, round by round.
 *
 * @param threads the task threads, and the threads of the bare loop
 * @param texts the texts per round
 * @param tokens the tokens of these texts
 * @param rounds the pairs of runs, in order
 * @param median the median of each figure over the rounds
 */
public record BenchmarkReport(
    String model, int threads, long texts, long tokens, List<Round> rounds, Round median) {

  /**
   * One pair of runs.
   *
   * @param ceiling tokens per CPU-second of the bare loop
   * @param ceilingPerSecond tokens per second of the bare loop
   * @param job tokens per CPU-second of the whole job: reading, embedding and writing
   * @param jobPerSecond tokens per second of the whole job
   * @param ratio {@code job / ceiling}
   * @param ceilingPaddingPercent the share of padding in the batches of the bare loop
   * @param paddingPercent the share of padding in the batches of the job
   * @param tokenizingPercent the tokenizer's share of the job's CPU time
   * @param sql a query over the same texts; null if none was run
   */
  record Round(
      double ceiling,
      double ceilingPerSecond,
      double job,
      double jobPerSecond,
      double ratio,
      double ceilingPaddingPercent,
      double paddingPercent,
      double tokenizingPercent,
      @Nullable Sql sql) {}

  /**
   * A query with {@code e5_embed} over the same texts.
   *
   * @param perCpuSecond tokens per CPU-second
   * @param perSecond tokens per second
   * @param costRatio its CPU time per text, divided by that of the job
   */
  record Sql(double perCpuSecond, double perSecond, double costRatio) {}

  static BenchmarkReport of(
      String model, int threads, long texts, long tokens, List<Round> rounds) {
    Round median =
        new Round(
            Rounds.median(rounds, Round::ceiling),
            Rounds.median(rounds, Round::ceilingPerSecond),
            Rounds.median(rounds, Round::job),
            Rounds.median(rounds, Round::jobPerSecond),
            Rounds.median(rounds, Round::ratio),
            Rounds.median(rounds, Round::ceilingPaddingPercent),
            Rounds.median(rounds, Round::paddingPercent),
            Rounds.median(rounds, Round::tokenizingPercent),
            sql(rounds));
    return new BenchmarkReport(model, threads, texts, tokens, rounds, median);
  }

  private static @Nullable Sql sql(List<Round> rounds) {
    List<Sql> queries = rounds.stream().map(Round::sql).filter(Objects::nonNull).toList();
    return queries.isEmpty()
        ? null
        : new Sql(
            Rounds.median(queries, Sql::perCpuSecond),
            Rounds.median(queries, Sql::perSecond),
            Rounds.median(queries, Sql::costRatio));
  }

  public String summary() {
    String job = jobSummary();
    Sql sql = median.sql;
    return sql == null
        ? job
        : job
            + String.format(
                Locale.ROOT,
                "%nSQL      %,.0f tokens/CPU-s, %,.0f tokens/s, %.3f of the job's CPU time per text",
                sql.perCpuSecond,
                sql.perSecond,
                sql.costRatio);
  }

  private String jobSummary() {
    return String.format(
        Locale.ROOT,
        """
        %s, %s, %,d tokens, %s, median of %s
        Ceiling  %,.0f tokens/CPU-s, %,.0f tokens/s, padding %.1f %%
        Job      %,.0f tokens/CPU-s, %,.0f tokens/s, padding %.1f %%, tokenizing %.1f %% of CPU time
        Ratio    %.3f in tokens per CPU-second""",
        model,
        Count.of(texts, "text"),
        tokens,
        Count.of(threads, "thread"),
        Count.of(rounds.size(), "round"),
        median.ceiling,
        median.ceilingPerSecond,
        median.ceilingPaddingPercent,
        median.job,
        median.jobPerSecond,
        median.paddingPercent,
        median.tokenizingPercent,
        median.ratio);
  }
}
