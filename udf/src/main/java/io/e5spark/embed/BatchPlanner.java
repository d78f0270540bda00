package io.e5spark.embed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sorts texts by length and cuts them into batches such that the whole window costs least.
 *
 * <p>A batch costs its longest text times its number of texts, padding included, plus what a model
 * call costs beside its tokens. The first part may not pass the token budget; a text longer than
 * the budget goes alone. Since the texts are sorted, a batch is a run of neighbours, and the best
 * cut of the first {@code n} texts extends the best cut of fewer: the plan is found by dynamic
 * programming.
 */
final class BatchPlanner {
  /** What a model call costs beside its tokens, in tokens. */
  static final int CALL_TOKENS = 24;

  private BatchPlanner() {}

  /**
   * Plans the batches of a window, longest texts first.
   *
   * @param lengths tokens of each text, each at least 1
   * @param maxBatchTokens the budget, in tokens
   * @return for each batch the positions of its texts, longest first; every position once
   */
  static List<int[]> plan(int[] lengths, int maxBatchTokens) {
    int[] longestFirst =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted((a, b) -> Integer.compare(lengths[b], lengths[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] sorted = IntStream.of(longestFirst).map(position -> lengths[position]).toArray();
    int[] starts = cheapestStarts(sorted, maxBatchTokens);
    List<int[]> batches = new ArrayList<>();
    for (int end = sorted.length; end > 0; end = starts[end]) {
      batches.add(IntStream.range(starts[end], end).map(i -> longestFirst[i]).toArray());
    }
    Collections.reverse(batches);
    return batches;
  }

  /** For each number of texts, where the last batch of their cheapest plan starts. */
  private static int[] cheapestStarts(int[] sorted, int maxBatchTokens) {
    long[] cost = new long[sorted.length + 1];
    int[] starts = new int[sorted.length + 1];
    for (int end = 1; end <= sorted.length; end++) {
      cost[end] = Long.MAX_VALUE;
      for (int start = end - 1; start >= 0; start--) {
        long tokens = (long) sorted[start] * (end - start);
        if (tokens > maxBatchTokens && start < end - 1) {
          break;
        }
        if (cost[start] + tokens + CALL_TOKENS < cost[end]) {
          cost[end] = cost[start] + tokens + CALL_TOKENS;
          starts[end] = start;
        }
      }
    }
    return starts;
  }
}
