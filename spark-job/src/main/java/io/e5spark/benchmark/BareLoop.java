package io.e5spark.benchmark;

import io.e5spark.config.InputType;
import io.e5spark.embed.Batches;
import io.e5spark.embed.E5Embedder;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The upper limit for a model and these texts on this machine: a bare loop that feeds batches,
 * tokenized and sorted beforehand, to the same session. The cost of Spark is measured against it.
 */
public final class BareLoop {
  private final E5Embedder embedder;
  private final Batches batches;

  /** Tokenizes and plans all texts at once. */
  public BareLoop(E5Embedder embedder, List<String> texts, InputType type) {
    this.embedder = embedder;
    this.batches = embedder.batches(texts, type);
  }

  /** The number of real tokens of all texts. */
  public long tokens() {
    return batches.tokens();
  }

  /** The share of padding in everything that the model reads in a run, in percent. */
  public double paddingPercent() {
    return batches.paddingPercent();
  }

  /** Runs all batches once on so many threads, and waits for them. */
  public void run(int threads) throws InterruptedException, ExecutionException {
    Queue<int[]> queue = batches.queue();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      Callable<Void> worker =
          () -> {
            embedder.run(batches, queue);
            return null;
          };
      for (Future<Void> done : workers.invokeAll(Collections.nCopies(threads, worker))) {
        done.get();
      }
    } finally {
      workers.shutdown();
    }
  }
}
