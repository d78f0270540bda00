package io.e5spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.config.InputType;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.ScriptedEmbedder;
import io.e5spark.model.EmbeddingException;
import io.e5spark.onnx.ScriptedSession;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TestBareLoop {
  /** The texts have 5, 6 and 8 tokens, including two of the prefix and two special tokens. */
  private static final List<String> TEXTS = List.of("w1", "w1 w2", "w1 w2 w3 w4");

  private final List<String> calls = new CopyOnWriteArrayList<>();

  private void keep(int texts, int tokens) {
    calls.add(texts + "x" + tokens);
  }

  private static E5Embedder embedder(ScriptedSession session, int maxBatchTokens) {
    return ScriptedEmbedder.over(
        session, Map.of("max-batch-tokens", Integer.toString(maxBatchTokens)));
  }

  @Test
  void tokensAndPaddingAreKnownBeforeARun() {
    try (E5Embedder embedder = embedder(ScriptedSession.in(this::keep), 24)) {
      BareLoop loop = new BareLoop(embedder, TEXTS, InputType.PASSAGE);
      assertThat(loop.tokens()).isEqualTo(19);
      assertThat(loop.paddingPercent()).isCloseTo(100.0 * 5 / 24, within(1e-9));
    }
    try (E5Embedder embedder = embedder(ScriptedSession.in(this::keep), 1)) {
      BareLoop loop = new BareLoop(embedder, TEXTS, InputType.PASSAGE);
      assertThat(loop.paddingPercent()).isZero();
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void everyRunGivesEachBatchToTheModelOnce() throws Exception {
    try (E5Embedder embedder = embedder(ScriptedSession.in(this::keep), 1)) {
      BareLoop loop = new BareLoop(embedder, TEXTS, InputType.QUERY);
      loop.run(1);
      assertThat(calls).containsExactly("1x8", "1x6", "1x5");
      loop.run(8);
      assertThat(calls).hasSize(6);
      assertThat(calls.subList(3, 6)).containsExactlyInAnyOrder("1x8", "1x6", "1x5");
    }
  }

  /** No call ends before all calls have begun. */
  @Test
  void threadsCallTheModelAtTheSameTime() throws Exception {
    CountDownLatch begun = new CountDownLatch(3);
    ScriptedSession session = ScriptedSession.in((texts, tokens) -> meet(begun));
    List<String> texts = Collections.nCopies(9, "w1");
    try (E5Embedder embedder = embedder(session, 1)) {
      new BareLoop(embedder, texts, InputType.QUERY).run(3);
    }
    assertThat(session.threads).hasSize(3).doesNotContain(Thread.currentThread());
  }

  private static void meet(CountDownLatch begun) {
    begun.countDown();
    try {
      if (!begun.await(10, TimeUnit.SECONDS)) {
        throw new EmbeddingException("The other calls have not begun");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddingException("Interrupted", e);
    }
  }

  @Test
  void failureIsThatOfTheModelAndThreadsEnd() throws Exception {
    ScriptedSession session =
        ScriptedSession.in(
            (texts, tokens) -> {
              throw new EmbeddingException("Cannot embed");
            });
    try (E5Embedder embedder = embedder(session, 1)) {
      BareLoop loop = new BareLoop(embedder, TEXTS, InputType.QUERY);
      assertThatThrownBy(() -> loop.run(2))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(EmbeddingException.class)
          .hasRootCauseMessage("Cannot embed");
    }
    for (Thread thread : session.threads) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void noTextsAreNoCalls() throws Exception {
    try (E5Embedder embedder = embedder(ScriptedSession.in(this::keep), 1)) {
      BareLoop loop = new BareLoop(embedder, List.of(), InputType.QUERY);
      loop.run(2);
      assertThat(loop.tokens()).isZero();
    }
    assertThat(calls).isEmpty();
  }
}
