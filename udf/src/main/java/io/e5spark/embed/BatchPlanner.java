package io.e5spark.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sorts texts by length and cuts them into batches, so that little of a batch is padding and every
 * batch costs about the same.
 *
 * <p>A batch costs its longest text times its number of texts. The next text joins it while that
 * stays within the budget; a text longer than the budget goes alone.
 */
final class BatchPlanner {
  private BatchPlanner() {}

  /**
   * Plans the batches of a window, longest texts first.
   *
   * @param lengths tokens of each text
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
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < longestFirst.length; ) {
      int most = Math.max(1, maxBatchTokens / Math.max(1, lengths[longestFirst[from]]));
      int to = Math.min(longestFirst.length, from + most);
      batches.add(IntStream.range(from, to).map(i -> longestFirst[i]).toArray());
      from = to;
    }
    return batches;
  }
}
