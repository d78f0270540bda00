package io.e5spark.embed;

import io.e5spark.config.OnError;
import io.e5spark.model.EmbeddingException;
import io.e5spark.onnx.TokenBatch;
import io.e5spark.vector.VectorCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The batches that go through a model on one thread. Not thread-safe. */
final class BatchRun implements AutoCloseable {
  private final LoadedModel model;
  private final Batches batches;
  private final @Nullable Embedding[] embeddings;
  private final OnError onError;
  private final boolean normalized;
  private final EmbeddingListener listener;
  private final ModelCalls.Lane lane;

  /** The batches that were handed over, in that order. */
  private final Deque<Flight> flights = new ArrayDeque<>();

  BatchRun(
      LoadedModel model,
      Batches batches,
      OnError onError,
      boolean normalized,
      EmbeddingListener listener) {
    this.model = model;
    this.batches = batches;
    this.embeddings = new Embedding[batches.size()];
    this.onError = onError;
    this.normalized = normalized;
    this.listener = listener;
    this.lane = model.lane(batches.count());
  }

  /** Runs the batches that remain in the queue, from which other threads may also take. */
  void run(Queue<int[]> queue) {
    for (int[] positions = queue.poll(); positions != null; positions = queue.poll()) {
      listener.beforeBatch();
      if (flights.size() == lane.depth()) {
        land();
      }
      start(positions);
    }
    while (!flights.isEmpty()) {
      land();
    }
  }

  /**
   * One embedding per text, in order.
   *
   * @throws IllegalStateException if this run did not run all batches
   */
  List<Embedding> embeddings() {
    List<Embedding> inOrder = new ArrayList<>(embeddings.length);
    for (Embedding embedding : embeddings) {
      if (embedding == null) {
        throw new IllegalStateException("The batches left out a text");
      }
      inOrder.add(embedding);
    }
    return inOrder;
  }

  private void start(int[] positions) {
    TokenBatch batch = model.borrow();
    long tokens = batches.fill(batch, positions);
    flights.add(new Flight(positions, batch, tokens, lane.start(batch)));
  }

  /** If errors are kept, halves a batch that fails until the failure affects one text. */
  private void land() {
    Flight flight = flights.remove();
    try {
      long start = System.nanoTime();
      long called = flight.call.await(listener::beforeBatch);
      listener.count(Counter.WAITING, System.nanoTime() - start);
      listener.count(Counter.MODEL, called);
      read(flight);
      model.giveBack(flight.batch);
    } catch (EmbeddingException e) {
      if (onError == OnError.FAIL || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      model.giveBack(flight.batch);
      halve(flight.positions, e);
    }
  }

  private void halve(int[] positions, EmbeddingException e) {
    if (positions.length == 1) {
      embeddings[positions[0]] = Embedding.failed(String.valueOf(e.getMessage()));
      return;
    }
    int half = positions.length / 2;
    start(Arrays.copyOfRange(positions, 0, half));
    land();
    start(Arrays.copyOfRange(positions, half, positions.length));
    land();
  }

  private void read(Flight flight) {
    TokenBatch batch = flight.batch;
    listener.count(Counter.BATCHES, 1);
    listener.count(Counter.TEXTS, flight.positions.length);
    listener.count(Counter.TOKENS, flight.tokens);
    listener.count(Counter.PADDING, (long) batch.texts() * batch.tokens() - flight.tokens);
    for (int row = 0; row < flight.positions.length; row++) {
      int position = flight.positions[row];
      embeddings[position] = result(batches.text(position), batch.vector(row));
    }
  }

  private Embedding result(TokenizedText text, float[] vector) {
    String problem = VectorCheck.problem(vector, normalized);
    if (problem == null) {
      return Embedding.of(vector, text.length(), text.truncated());
    }
    if (onError == OnError.FAIL) {
      throw new EmbeddingException(problem);
    }
    return Embedding.failed(problem);
  }

  /** Afterwards, no batch of this run is in the model, whatever happened. */
  @Override
  public void close() {
    lane.close();
    flights.forEach(flight -> model.giveBack(flight.batch));
  }

  /** A batch that was handed over. */
  private static final class Flight {
    private final int[] positions;
    private final TokenBatch batch;
    private final long tokens;
    private final ModelCalls.Call call;

    Flight(int[] positions, TokenBatch batch, long tokens, ModelCalls.Call call) {
      this.positions = positions;
      this.batch = batch;
      this.tokens = tokens;
      this.call = call;
    }
  }
}
