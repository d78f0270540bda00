package io.e5spark.embed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sorts texts by their number of tokens and cuts them into the batches that cost least for the
 * whole window.
 *
 * <p>A batch costs its longest text times its number of texts, padding included, plus what a model
 * call costs besides its tokens. The first part must not exceed the token budget; a text that is
 * longer than the budget forms a batch alone. Since the texts are sorted, a batch is a run of
 * neighbours, and the best cut of the first {@code n} texts extends the best cut of fewer texts.
 * Dynamic programming therefore finds the plan.
 */
final class BatchPlanner {
  private BatchPlanner() {}

  /**
   * Plans the batches of a window, longest texts first.
   *
   * @param lengths the number of tokens of each text, at least 1
   * @param maxBatchTokens the budget, in tokens
   * @param callTokens what a model call costs besides its tokens, expressed in tokens
   * @return for each batch, the positions of its texts, longest first; every position occurs once
   */
  static List<int[]> plan(int[] lengths, int maxBatchTokens, int callTokens) {
    int[] longestFirst =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted((a, b) -> Integer.compare(lengths[b], lengths[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] sorted = IntStream.of(longestFirst).map(position -> lengths[position]).toArray();
    int[] starts = cheapestStarts(sorted, maxBatchTokens, callTokens);
    List<int[]> batches = new ArrayList<>();
    for (int end = sorted.length; end > 0; end = starts[end]) {
      batches.add(IntStream.range(starts[end], end).map(i -> longestFirst[i]).toArray());
    }
    Collections.reverse(batches);
    return batches;
  }

  /** For each number of texts, the start of the last batch of their cheapest plan. */
  private static int[] cheapestStarts(int[] sorted, int maxBatchTokens, int callTokens) {
    long[] cost = new long[sorted.length + 1];
    int[] starts = new int[sorted.length + 1];
    Deque<EqualLengths> groups = new ArrayDeque<>();
    for (int end = 1; end <= sorted.length; end++) {
      int newest = end - 1;
      if (groups.isEmpty() || groups.getLast().tokens != sorted[newest]) {
        groups.add(new EqualLengths(sorted[newest], cost));
      }
      groups.getLast().add(newest);
      // A text that does not fit with this one does not fit with any later one either.
      while (groups.getFirst() != groups.getLast()
          && !groups.getFirst().fits(end, maxBatchTokens)) {
        groups.removeFirst();
      }
      cost[end] = Long.MAX_VALUE;
      for (EqualLengths group : groups) {
        int start = group.cheapestStart(end, maxBatchTokens);
        long whole = cost[start] + (long) sorted[start] * (end - start) + callTokens;
        if (whole <= cost[end]) {
          cost[end] = whole;
          starts[end] = start;
        }
      }
    }
    return starts;
  }

  /**
   * The texts of one length at which a batch may start. Of two starts, the one with the smaller
   * {@code cost - start × tokens} is cheaper for every end. A queue keeps the starts that are
   * cheaper than all later ones, so each start is looked at twice in total.
   */
  private static final class EqualLengths {
    private final int tokens;
    private final long[] cost;
    private final Deque<Integer> starts = new ArrayDeque<>();
    private int newest;

    EqualLengths(int tokens, long[] cost) {
      this.tokens = tokens;
      this.cost = cost;
    }

    private long value(int start) {
      return cost[start] - (long) start * tokens;
    }

    void add(int start) {
      while (!starts.isEmpty() && value(starts.getLast()) >= value(start)) {
        starts.removeLast();
      }
      starts.add(start);
      newest = start;
    }

    /** Whether a batch from the latest start to this end is within the budget. */
    boolean fits(int end, int maxBatchTokens) {
      return (long) tokens * (end - newest) <= maxBatchTokens;
    }

    /**
     * The cheapest start within the budget; a text that is longer than the budget forms a batch
     * alone.
     */
    int cheapestStart(int end, int maxBatchTokens) {
      while (starts.size() > 1 && (long) tokens * (end - starts.getFirst()) > maxBatchTokens) {
        starts.removeFirst();
      }
      return starts.getFirst();
    }
  }
}
