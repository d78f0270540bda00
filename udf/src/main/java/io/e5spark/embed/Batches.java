package io.e5spark.embed;

import io.e5spark.onnx.TokenBatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Tokenized texts and the batches that they are cut into. Immutable, so threads can share it. */
public final class Batches {
  private final TokenizedText[] texts;
  private final TokenBudget budget;
  private final List<int[]> positions;

  private Batches(TokenizedText[] texts, TokenBudget budget, List<int[]> positions) {
    this.texts = texts;
    this.budget = budget;
    this.positions = positions;
  }

  /** The cheapest batches within the budget. */
  static Batches of(TokenizedText[] texts, TokenBudget budget) {
    int[] lengths = Arrays.stream(texts).mapToInt(text -> budget.padded(text.length())).toArray();
    return new Batches(texts, budget, BatchPlanner.plan(lengths, budget.tokens(), budget.call()));
  }

  /** All texts in one batch, whatever the padding. */
  static Batches single(TokenizedText[] texts, TokenBudget budget) {
    int[] longestFirst =
        IntStream.range(0, texts.length)
            .boxed()
            .sorted(Comparator.comparing(i -> -texts[i].length()))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Batches(texts, budget, List.of(longestFirst));
  }

  /** The number of texts. */
  int size() {
    return texts.length;
  }

  /** The number of batches. */
  int count() {
    return positions.size();
  }

  TokenizedText text(int position) {
    return texts[position];
  }

  /**
   * The batches, longest texts first. Threads that share the queue share the work.
   *
   * @return for each batch, the positions of its texts, longest first
   */
  public Queue<int[]> queue() {
    return new ConcurrentLinkedQueue<>(positions);
  }

  /** The number of real tokens of all texts. */
  public long tokens() {
    return Arrays.stream(texts).mapToLong(TokenizedText::length).sum();
  }

  /** The share of padding in everything that the model reads, in percent. */
  public double paddingPercent() {
    long given = 0;
    for (int[] batch : positions) {
      given += (long) batch.length * budget.padded(texts[batch[0]].length());
    }
    return given == 0 ? 0 : 100.0 * (given - tokens()) / given;
  }

  /**
   * Puts the texts of one batch into the memory of a model.
   *
   * @param batch the positions of its texts, longest first
   * @return the number of their real tokens
   */
  long fill(TokenBatch memory, int[] batch) {
    memory.start(batch.length, budget.padded(texts[batch[0]].length()));
    long tokens = 0;
    for (int row = 0; row < batch.length; row++) {
      TokenizedText text = texts[batch[row]];
      memory.put(row, text.ids());
      tokens += text.length();
    }
    return tokens;
  }
}
