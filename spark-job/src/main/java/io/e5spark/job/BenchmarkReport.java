package io.e5spark.job;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a benchmark measured: the whole job against the ceiling, round by round.
 *
 * @param threads task threads, and threads of the bare loop
 * @param texts texts of a round
 * @param tokens their tokens
 * @param rounds one pair of runs each, in order
 * @param median the median of each figure over the rounds
 */
record BenchmarkReport(
    String model, int threads, long texts, long tokens, List<Round> rounds, Round median) {

  /**
   * One pair of runs.
   *
   * @param ceiling tokens per CPU-second of the bare loop
   * @param ceilingPerSecond its tokens per second
   * @param job tokens per CPU-second of the whole job: read, embed, write
   * @param jobPerSecond its tokens per second
   * @param ratio {@code job / ceiling}
   * @param ceilingPaddingPercent padding in what the bare loop gave to the model
   * @param paddingPercent padding in what the job gave to the model
   * @param tokenizingPercent the tokenizer's part of the job's CPU time
   */
  record Round(
      double ceiling,
      double ceilingPerSecond,
      double job,
      double jobPerSecond,
      double ratio,
      double ceilingPaddingPercent,
      double paddingPercent,
      double tokenizingPercent) {}

  static BenchmarkReport of(
      String model, int threads, long texts, long tokens, List<Round> rounds) {
    Round median =
        new Round(
            median(rounds, Round::ceiling),
            median(rounds, Round::ceilingPerSecond),
            median(rounds, Round::job),
            median(rounds, Round::jobPerSecond),
            median(rounds, Round::ratio),
            median(rounds, Round::ceilingPaddingPercent),
            median(rounds, Round::paddingPercent),
            median(rounds, Round::tokenizingPercent));
    return new BenchmarkReport(model, threads, texts, tokens, rounds, median);
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  String summary() {
    return String.format(
        Locale.ROOT,
        """
        %s, %,d texts, %,d tokens, %d threads, median of %d rounds
        Ceiling  %,.0f tokens/CPU-s, %,.0f tokens/s, padding %.1f %%
        Job      %,.0f tokens/CPU-s, %,.0f tokens/s, padding %.1f %%, tokenizing %.1f %% of CPU time
        Ratio    %.3f in tokens per CPU-second""",
        model,
        texts,
        tokens,
        threads,
        rounds.size(),
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
