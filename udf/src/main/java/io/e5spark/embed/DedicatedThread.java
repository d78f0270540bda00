package io.e5spark.embed;

import io.e5spark.model.EmbeddingException;
import io.e5spark.onnx.Encoder;
import io.e5spark.onnx.TokenBatch;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One thread that makes all calls of a model. Each lane holds at most two batches, so a task fills
 * one while the other is in the model, and the number of tasks bounds the number of waiting
 * batches.
 *
 * <p>A lane is due when the model has run as many batches as it has, since it was made. Of the
 * lanes in which a batch waits, the one that is due first goes first. So the oldest of equal
 * windows does: tasks whose windows ended together would all prepare their next ones at the same
 * time, and the model would wait. A small window, such as a query, goes before older ones of many
 * batches, and no lane waits forever.
 */
final class DedicatedThread implements ModelCalls {
  private static final int DEPTH = 2;
  private static final long LOOK_MILLISECONDS = 100;
  private static final String CLOSED = "The model is closed";

  private final Encoder encoder;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The lanes in which a batch waits, the one that is due first before the others. */
  private final NavigableSet<Queue> waiting =
      new TreeSet<>(
          Comparator.comparingLong((Queue lane) -> lane.due)
              .thenComparingLong(lane -> lane.number));

  private long lanes;
  private long begun;
  private boolean closed;
  private boolean serving = true;

  DedicatedThread(Encoder encoder) {
    this.encoder = encoder;
    Thread thread = new Thread(this::serve, "e5-model");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Lane lane(int batches) {
    lock.lock();
    try {
      return new Queue(begun + batches, lanes++);
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    for (Queue lane = next(); lane != null; lane = next()) {
      lane.runOne();
    }
    lock.lock();
    try {
      serving = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The lane to serve; null once the thread is closed. */
  private @Nullable Queue next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        return null;
      }
      Queue lane = waiting.first();
      lane.begin();
      begun++;
      return lane;
    } finally {
      lock.unlock();
    }
  }

  /** The batches of one window, waiting and running. */
  private final class Queue implements Lane {
    private final long due;
    private final long number;
    private final Deque<Handed> handed = new ArrayDeque<>();
    private @Nullable Handed running;

    Queue(long due, long number) {
      this.due = due;
      this.number = number;
    }

    @Override
    public int depth() {
      return DEPTH;
    }

    @Override
    public Call start(TokenBatch batch) {
      Handed call = new Handed(batch);
      lock.lock();
      try {
        add(call);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      return call;
    }

    private void add(Handed call) {
      if (closed) {
        throw new IllegalStateException(CLOSED);
      }
      if (handed.size() >= DEPTH) {
        throw new IllegalStateException("Two batches wait already");
      }
      handed.add(call);
      waiting.add(this);
    }

    private void begin() {
      running = handed.remove();
      if (handed.isEmpty()) {
        waiting.remove(this);
      }
    }

    private void runOne() {
      Objects.requireNonNull(running).run(encoder);
      lock.lock();
      try {
        running = null;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        handed.clear();
        waiting.remove(this);
        while (running != null) {
          changed.awaitUninterruptibly();
        }
      } finally {
        lock.unlock();
      }
    }

    private void refuse() {
      IllegalStateException refusal = new IllegalStateException(CLOSED);
      handed.forEach(call -> call.done.completeExceptionally(refusal));
      handed.clear();
    }
  }

  /** A batch that was handed over. */
  private static final class Handed implements Call {
    private final TokenBatch batch;
    private final CompletableFuture<Long> done = new CompletableFuture<>();

    Handed(TokenBatch batch) {
      this.batch = batch;
    }

    void run(Encoder encoder) {
      long start = System.nanoTime();
      try {
        encoder.encode(batch);
        done.complete(System.nanoTime() - start);
      } catch (Throwable e) {
        done.completeExceptionally(e);
      }
    }

    @Override
    public long await(Runnable meanwhile) {
      while (true) {
        try {
          return done.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          meanwhile.run();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new EmbeddingException("Interrupted while a batch was in the model", e);
        } catch (ExecutionException e) {
          throw failure(Objects.requireNonNull(e.getCause()));
        }
      }
    }

    /** The exception that the model's thread threw, with the stack of this thread if possible. */
    private static RuntimeException failure(Throwable cause) {
      if (cause instanceof EmbeddingException) {
        return new EmbeddingException(String.valueOf(cause.getMessage()), cause);
      }
      if (cause instanceof Error error) {
        throw error;
      }
      return new IllegalStateException(String.valueOf(cause.getMessage()), cause);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(Queue::refuse);
      waiting.clear();
      changed.signalAll();
      while (serving) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    encoder.close();
  }
}
