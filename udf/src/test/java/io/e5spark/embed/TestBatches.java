package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.onnx.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class TestBatches {
  private static TokenizedText[] texts(int... lengths) {
    return Arrays.stream(lengths)
        .mapToObj(length -> new TokenizedText(new int[length], false))
        .toArray(TokenizedText[]::new);
  }

  private static List<List<Integer>> positions(Batches batches) {
    List<List<Integer>> positions = new ArrayList<>();
    Queue<int[]> queue = batches.queue();
    for (int[] batch = queue.poll(); batch != null; batch = queue.poll()) {
      positions.add(Arrays.stream(batch).boxed().toList());
    }
    return positions;
  }

  @Test
  void batchesHoldNeighboursByLengthWithinTheBudget() {
    Batches batches = Batches.of(texts(3, 90, 4, 88, 5), new TokenBudget(200, 1, 512, 24));
    assertThat(positions(batches)).containsExactly(List.of(1, 3), List.of(4, 2, 0));
    assertThat(batches.tokens()).isEqualTo(190);
    assertThat(batches.paddingPercent()).isCloseTo(100.0 * 5 / 195, within(1e-9));
  }

  @Test
  void lengthsAreRoundedUpButNotBeyondTheLongestInput() {
    TokenBudget budget = new TokenBudget(16_384, 16, 100, 24);
    assertThat(budget.padded(1)).isEqualTo(16);
    assertThat(budget.padded(16)).isEqualTo(16);
    assertThat(budget.padded(99)).isEqualTo(100);
    assertThat(budget.padded(120)).isEqualTo(120);
    assertThat(budget.atMost(50).tokens()).isEqualTo(50);
    assertThat(budget.atMost(1 << 20)).isEqualTo(budget);
  }

  @Test
  void singleBatchHasAllTextsTheLongestFirst() {
    Batches batches = Batches.single(texts(2, 9, 5), new TokenBudget(4, 1, 512, 24));
    assertThat(positions(batches)).containsExactly(List.of(1, 2, 0));
  }

  @Test
  void rowsAreFilledInTheOrderOfTheBatch() {
    TokenizedText[] texts = {
      new TokenizedText(new int[] {7}, false), new TokenizedText(new int[] {8, 9}, false)
    };
    Batches batches = Batches.of(texts, new TokenBudget(100, 4, 512, 24));
    TokenBatch memory = new TokenBatch(3, 0);
    assertThat(batches.fill(memory, new int[] {1, 0})).isEqualTo(3);
    assertThat(memory.texts()).isEqualTo(2);
    assertThat(memory.tokens()).isEqualTo(4);
  }

  @Test
  void noTextsMakeNoBatches() {
    Batches batches = Batches.of(texts(), new TokenBudget(100, 1, 512, 24));
    assertThat(positions(batches)).isEmpty();
    assertThat(batches.paddingPercent()).isZero();
  }
}
