package io.e5spark.embed;

import io.e5spark.config.Device;
import io.e5spark.onnx.Encoder;
import io.e5spark.onnx.TokenBatch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A model in the memory of its device, and memory for its batches. Thread-safe. */
final class LoadedModel implements AutoCloseable {
  private final Encoder encoder;
  private final ModelCalls calls;
  private final Queue<TokenBatch> idle = new ConcurrentLinkedQueue<>();

  /** Takes over an encoder. */
  LoadedModel(Encoder encoder) {
    this.encoder = encoder;
    this.calls = encoder.dedicated() ? new DedicatedThread(encoder) : new CallerThread(encoder);
  }

  /** The dimension of its vectors. */
  int dimension() {
    return encoder.dimension();
  }

  /** Where it runs; never {@link Device#AUTO}. */
  Device device() {
    return encoder.device();
  }

  /** The most tokens of a batch, padding included, that the device is known to have memory for. */
  int maxBatchTokens() {
    return encoder.maxBatchTokens();
  }

  /** A way to the model; callers close it. */
  ModelCalls.Lane lane() {
    return calls.lane();
  }

  /** Memory for a batch, which {@link #giveBack} takes for another. */
  TokenBatch borrow() {
    TokenBatch batch = idle.poll();
    return batch == null ? encoder.batch() : batch;
  }

  void giveBack(TokenBatch batch) {
    idle.add(batch);
  }

  /** Runs the largest batch there may be, so that the device's memory is asked for once. */
  void warmUp(TokenBudget budget) {
    TokenBatch batch = encoder.batch();
    batch.start(Math.max(1, budget.tokens() / budget.longest()), budget.longest());
    for (int row = 0; row < batch.texts(); row++) {
      batch.put(row, new int[budget.longest()]);
    }
    try (ModelCalls.Lane lane = lane()) {
      lane.start(batch).await(() -> {});
    }
  }

  /** Frees the model, after the calls that are under way. */
  @Override
  public void close() {
    calls.close();
  }
}
