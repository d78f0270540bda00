package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.model.EmbeddingException;
import io.e5spark.onnx.ScriptedSession;
import io.e5spark.onnx.TokenBatch;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TestCallerThread {
  private static TokenBatch batch() {
    TokenBatch batch = new TokenBatch(ScriptedSession.DIMENSION, 0);
    batch.start(1, 2);
    batch.put(0, new int[] {1, 2});
    return batch;
  }

  private static CallerThread calls(ScriptedSession session) {
    return new CallerThread(ScriptedSession.sharedEncoder(session));
  }

  @Test
  void callRunsOnTheThreadThatWaits() {
    ScriptedSession session = ScriptedSession.in((texts, tokens) -> {});
    try (CallerThread calls = calls(session);
        ModelCalls.Lane lane = calls.lane(1)) {
      assertThat(lane.depth()).isEqualTo(1);
      TokenBatch batch = batch();
      ModelCalls.Call call = lane.start(batch);
      assertThat(session.threads).isEmpty();
      assertThat(call.await(() -> {})).isNotNegative();
      assertThat(session.threads).containsExactly(Thread.currentThread());
      assertThat(batch.vector(0)).containsExactly((float) Math.cos(3), (float) Math.sin(3));
    }
  }

  @Test
  void timeIsThatOfTheCall() {
    long nanoseconds = TimeUnit.MILLISECONDS.toNanos(20);
    ScriptedSession session = ScriptedSession.in((texts, tokens) -> pause(nanoseconds));
    try (CallerThread calls = calls(session);
        ModelCalls.Lane lane = calls.lane(1)) {
      assertThat(lane.start(batch()).await(() -> {})).isGreaterThanOrEqualTo(nanoseconds);
    }
  }

  private static void pause(long nanoseconds) {
    long end = System.nanoTime() + nanoseconds;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  /** Neither call ends before both calls have begun. */
  @Test
  void callersRunTheModelAtTheSameTime() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    ScriptedSession session = ScriptedSession.in((texts, tokens) -> meet(begun));
    ExecutorService tasks = Executors.newFixedThreadPool(2);
    try (CallerThread calls = calls(session)) {
      Callable<Long> task = () -> calls.lane(1).start(batch()).await(() -> {});
      for (Future<Long> done : tasks.invokeAll(List.of(task, task))) {
        assertThat(done.get()).isNotNegative();
      }
      assertThat(session.threads).hasSize(2);
    } finally {
      tasks.shutdownNow();
    }
  }

  private static void meet(CountDownLatch begun) {
    begun.countDown();
    try {
      if (!begun.await(10, TimeUnit.SECONDS)) {
        throw new EmbeddingException("The other call has not begun");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddingException("Interrupted", e);
    }
  }

  @Test
  void failureReachesTheCallerAsItWasThrown() {
    EmbeddingException failure = new EmbeddingException("Cannot embed");
    ScriptedSession session =
        ScriptedSession.in(
            (texts, tokens) -> {
              throw failure;
            });
    try (CallerThread calls = calls(session);
        ModelCalls.Lane lane = calls.lane(1)) {
      ModelCalls.Call call = lane.start(batch());
      assertThatThrownBy(() -> call.await(() -> {})).isSameAs(failure);
    }
  }

  @Test
  void modelOutlivesALaneAndEndsWithItsCalls() {
    ScriptedSession session = ScriptedSession.in((texts, tokens) -> {});
    CallerThread calls = calls(session);
    calls.lane(1).close();
    assertThat(session.closed).isFalse();
    calls.close();
    assertThat(session.closed).isTrue();
  }
}
