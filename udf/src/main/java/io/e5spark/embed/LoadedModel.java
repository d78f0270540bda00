package io.e5spark.embed;

import io.e5spark.config.Device;
import io.e5spark.onnx.Encoder;
import io.e5spark.onnx.TokenBatch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A model in the memory of its device, with memory for its batches. Thread-safe. */
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

  /** The device that runs it; never {@link Device#AUTO}. */
  Device device() {
    return encoder.device();
  }

  /** The most tokens per batch, padding included, for which the device is known to have memory. */
  int maxBatchTokens() {
    return encoder.maxBatchTokens();
  }

  /** A way to the model for about as many batches, which the caller closes. */
  ModelCalls.Lane lane(int batches) {
    return calls.lane(batches);
  }

  /** Memory for a batch; {@link #giveBack} returns it for another batch. */
  TokenBatch borrow() {
    TokenBatch batch = idle.poll();
    return batch == null ? encoder.batch() : batch;
  }

  void giveBack(TokenBatch batch) {
    idle.add(batch);
  }

  /** Runs the largest possible batch, so that the device allocates its memory once. */
  void warmUp(TokenBudget budget) {
    TokenBatch batch = encoder.batch();
    batch.start(Math.max(1, budget.tokens() / budget.longest()), budget.longest());
    for (int row = 0; row < batch.texts(); row++) {
      batch.put(row, new int[budget.longest()]);
    }
    try (ModelCalls.Lane lane = lane(1)) {
      lane.start(batch).await(() -> {});
    }
  }

  /** Frees the model, after the running calls. */
  @Override
  public void close() {
    calls.close();
  }
}
