package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TestBatchPlanner {
  private static final int CALL_TOKENS = 24;

  @Test
  void everyTextComesOnceWithinTheBudget() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int[] lengths = random.ints(random.nextInt(300), 3, 513).toArray();
      int budget = 512 + random.nextInt(8_000);
      List<int[]> batches = BatchPlanner.plan(lengths, budget, CALL_TOKENS);
      assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted())
          .containsExactlyElementsOf(IntStream.range(0, lengths.length).boxed().toList());
      for (int[] batch : batches) {
        assertThat(batch.length * lengths[batch[0]]).isLessThanOrEqualTo(budget);
      }
    }
  }

  @Test
  void firstTextOfABatchIsItsLongest() {
    int[] lengths = new Random(2).ints(500, 3, 513).toArray();
    int previous = Integer.MAX_VALUE;
    for (int[] batch : BatchPlanner.plan(lengths, 4_096, CALL_TOKENS)) {
      for (int position : batch) {
        assertThat(lengths[position]).isLessThanOrEqualTo(previous);
        previous = lengths[position];
      }
    }
  }

  @Test
  void textLongerThanTheBudgetGoesAlone() {
    assertThat(BatchPlanner.plan(new int[] {10, 300, 20, 300}, 100, CALL_TOKENS))
        .containsExactly(new int[] {1}, new int[] {3}, new int[] {2, 0});
  }

  @Test
  void expensiveCallsMakeFewerBatches() {
    int[] lengths = IntStream.rangeClosed(1, 64).map(i -> 4 * i).toArray();
    assertThat(BatchPlanner.plan(lengths, 32_768, 24)).hasSizeGreaterThan(8);
    assertThat(BatchPlanner.plan(lengths, 32_768, 2_048)).hasSize(2);
  }

  @Test
  void noTextsMakeNoBatches() {
    assertThat(BatchPlanner.plan(new int[0], 100, CALL_TOKENS)).isEmpty();
  }

  @Test
  void equalLengthsFillTheBudget() {
    int[] lengths = IntStream.generate(() -> 50).limit(10).toArray();
    assertThat(BatchPlanner.plan(lengths, 250, CALL_TOKENS))
        .hasSize(2)
        .allMatch(batch -> batch.length == 5);
  }

  @Test
  void costsNoMoreThanAnyOtherCut() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      int[] lengths = random.ints(10, 3, 100).toArray();
      long planned = cost(BatchPlanner.plan(lengths, 200, CALL_TOKENS), lengths);
      assertThat(planned).isEqualTo(cheapestOfAllCuts(lengths, 200));
    }
  }

  @Test
  void costsNoMoreThanTheQuadraticPlanWhereLengthsRepeat() {
    Random random = new Random(4);
    for (int round = 0; round < 60; round++) {
      int[] lengths = random.ints(random.nextInt(400), 3, 4 + random.nextInt(40)).toArray();
      int budget = 1 + random.nextInt(900);
      assertThat(cost(BatchPlanner.plan(lengths, budget, CALL_TOKENS), lengths))
          .isEqualTo(quadratic(lengths, budget));
    }
  }

  /** Returns the lowest cost. It examines every start for every end. */
  private static long quadratic(int[] lengths, int budget) {
    int[] sorted = Arrays.stream(lengths).map(length -> -length).sorted().map(n -> -n).toArray();
    long[] cost = new long[sorted.length + 1];
    for (int end = 1; end <= sorted.length; end++) {
      cost[end] = Long.MAX_VALUE;
      for (int start = 0; start < end; start++) {
        long tokens = (long) sorted[start] * (end - start);
        if (tokens <= budget || start == end - 1) {
          cost[end] = Math.min(cost[end], cost[start] + tokens + CALL_TOKENS);
        }
      }
    }
    return cost[sorted.length];
  }

  /**
   * The window has as many rows and tokens as the settings allow. A planner that examines every
   * start would take hours.
   */
  @Test
  @Timeout(60)
  void largestWindowIsPlannedInSeconds() {
    int[] lengths = new Random(5).ints(1 << 20, 3, 513).toArray();
    List<int[]> batches = BatchPlanner.plan(lengths, 1 << 20, CALL_TOKENS);
    assertThat(batches.stream().mapToInt(batch -> batch.length).sum()).isEqualTo(1 << 20);
  }

  private static long cost(List<int[]> batches, int[] lengths) {
    return batches.stream()
        .mapToLong(batch -> (long) batch.length * lengths[batch[0]] + CALL_TOKENS)
        .sum();
  }

  /** Returns the lowest cost. It tries every way to cut the sorted texts. */
  private static long cheapestOfAllCuts(int[] lengths, int budget) {
    int[] sorted = Arrays.stream(lengths).map(length -> -length).sorted().map(n -> -n).toArray();
    long cheapest = Long.MAX_VALUE;
    for (int cuts = 0; cuts < 1 << (sorted.length - 1); cuts++) {
      long cost = 0;
      int start = 0;
      for (int end = 1; end <= sorted.length; end++) {
        if (end == sorted.length || (cuts >> (end - 1) & 1) == 1) {
          long tokens = (long) sorted[start] * (end - start);
          cost += tokens > budget && end - start > 1 ? 1_000_000 : tokens + CALL_TOKENS;
          start = end;
        }
      }
      cheapest = Math.min(cheapest, cost);
    }
    return cheapest;
  }
}
