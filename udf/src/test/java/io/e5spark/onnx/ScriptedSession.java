package io.e5spark.onnx;

import io.e5spark.config.Device;
import io.e5spark.model.GraphSignature;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A session that stands in for a device. The vector of a text is a unit vector, turned by the sum
 * of the text's tokens. The test decides what else happens in a call.
 */
public final class ScriptedSession implements ModelSession {
  /** The dimension of the vectors. */
  public static final int DIMENSION = 2;

  /** An action in each call, before the vectors are written. */
  @FunctionalInterface
  public interface Event {
    /** Runs the action, which may throw. */
    void of(int texts, int tokens);
  }

  private final Event event;
  private final List<String> calls;

  /** The threads that called the session. */
  public final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Whether the session is closed. */
  public volatile boolean closed;

  /** Runs when the session is closed, and may throw. */
  Runnable closing = () -> {};

  ScriptedSession(Event event, List<String> calls) {
    this.event = event;
    this.calls = calls;
  }

  /** Returns a session that runs this action in each call. */
  public static ScriptedSession in(Event event) {
    return new ScriptedSession(event, new CopyOnWriteArrayList<>());
  }

  /** Returns an encoder over this session, for one thread. */
  public Encoder encoder(Supplier<ScriptedSession> opening) {
    DeviceLoss loss = (why, cause) -> {};
    return new Encoder(new RecoveringSession(this, opening::get, loss), Device.CPU, DIMENSION, 0);
  }

  /** Returns an encoder over a session that any thread may call. */
  public static Encoder sharedEncoder(ModelSession session) {
    return new Encoder(session, Device.CPU, DIMENSION, 0);
  }

  @Override
  public void run(TokenBatch batch) {
    call(batch, "");
  }

  @Override
  public void runAndShrink(TokenBatch batch) {
    call(batch, " shrink");
  }

  private void call(TokenBatch batch, String kind) {
    threads.add(Thread.currentThread());
    calls.add(batch.texts() + "x" + batch.tokens() + kind);
    if (closed) {
      throw new IllegalStateException("Called after it was closed");
    }
    event.of(batch.texts(), batch.tokens());
    LongBuffer ids = batch.input(GraphSignature.INPUT_IDS);
    FloatBuffer vectors = batch.output();
    for (int row = 0; row < batch.texts(); row++) {
      double sum = 0;
      for (int i = 0; i < batch.tokens(); i++) {
        sum += ids.get(row * batch.tokens() + i);
      }
      vectors
          .put(row * DIMENSION, (float) Math.cos(sum))
          .put(row * DIMENSION + 1, (float) Math.sin(sum));
    }
  }

  @Override
  public void close() {
    calls.add("close");
    closed = true;
    closing.run();
  }
}
