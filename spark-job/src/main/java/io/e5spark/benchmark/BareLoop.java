package io.e5spark.benchmark;

import io.e5spark.config.InputType;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.ModelCalls;
import io.e5spark.embed.TokenizedText;
import io.e5spark.onnx.TokenBatch;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The most that this machine can do with a model and these texts: a bare loop that feeds batches,
 * tokenized and sorted by length beforehand, to the same session. What Spark adds is measured
 * against it.
 */
public final class BareLoop {
  private final E5Embedder embedder;
  private final TokenizedText[] texts;
  private final List<int[]> batches;

  /** Tokenizes and plans all texts at once. */
  public BareLoop(E5Embedder embedder, List<String> texts, InputType type) {
    this.embedder = embedder;
    this.texts = embedder.tokenize(texts, type, (counter, amount) -> {});
    this.batches = embedder.plan(this.texts);
  }

  /** Real tokens of all texts. */
  public long tokens() {
    return Arrays.stream(texts).mapToLong(TokenizedText::length).sum();
  }

  /** Padding in all that a run gives to the model. */
  public double paddingPercent() {
    long given = 0;
    for (int[] batch : batches) {
      given += (long) batch.length * embedder.padded(texts[batch[0]].length());
    }
    return given == 0 ? 0 : 100.0 * (given - tokens()) / given;
  }

  /** Runs all batches once on so many threads, and waits for them. */
  public void run(int threads) throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      Callable<Void> worker =
          () -> {
            work(next);
            return null;
          };
      for (Future<Void> done : workers.invokeAll(Collections.nCopies(threads, worker))) {
        done.get();
      }
    } finally {
      workers.shutdown();
    }
  }

  private void work(AtomicInteger next) {
    TokenBatch[] memory = {newBatch(), newBatch()};
    Deque<ModelCalls.Call> calls = new ArrayDeque<>();
    try (ModelCalls.Lane lane = embedder.lane()) {
      int round = 0;
      for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
        if (calls.size() == lane.depth()) {
          calls.remove().await(() -> {});
        }
        TokenBatch batch = memory[round++ % memory.length];
        embedder.fill(batch, texts, batches.get(i));
        calls.add(lane.start(batch));
      }
      calls.forEach(call -> call.await(() -> {}));
    }
  }

  private TokenBatch newBatch() {
    return new TokenBatch(embedder.dimension());
  }
}
