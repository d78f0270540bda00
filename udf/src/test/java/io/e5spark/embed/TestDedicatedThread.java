package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.Prompts;
import io.e5spark.model.TokenizerFile;
import io.e5spark.onnx.ScriptedSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that one thread makes all calls of a model while tasks come, go, fail and are killed. */
@Timeout(60)
class TestDedicatedThread {
  private static final EmbeddingListener NOBODY = (counter, amount) -> {};

  private final ExecutorService tasks = Executors.newFixedThreadPool(8);

  @AfterEach
  void endTasks() {
    tasks.shutdownNow();
  }

  private static E5Embedder embedder(ScriptedSession session) {
    Settings settings = Settings.read(Map.of("max-batch-tokens", "60"));
    TextTokenizer tokenizer = TextTokenizer.of(TokenizerFile.of(BuiltInModel.E5_SMALL_V2));
    LoadedModel model = new LoadedModel(session.encoder(() -> session));
    Runnable closing =
        () -> {
          model.close();
          tokenizer.close();
        };
    return new E5Embedder(settings.atMost(512), Prompts.E5, tokenizer, model, closing);
  }

  private static List<String> texts(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> "text number " + i).toList();
  }

  private static List<Embedding> embed(E5Embedder embedder, List<String> texts) {
    return embedder.embed(texts, InputType.PASSAGE, OnError.FAIL, NOBODY);
  }

  private static List<String> vectors(List<Embedding> embeddings) {
    return embeddings.stream().map(one -> Arrays.toString(one.vector())).toList();
  }

  /** Returns the vectors that the texts have when each text is embedded alone. */
  private static List<String> expected(List<String> texts) {
    try (E5Embedder alone = embedder(ScriptedSession.in((count, tokens) -> {}))) {
      List<String> vectors = new ArrayList<>();
      texts.forEach(text -> vectors.addAll(vectors(embed(alone, List.of(text)))));
      return vectors;
    }
  }

  @Test
  void allTasksGetTheirVectorsFromOneThread() throws Exception {
    ScriptedSession session = ScriptedSession.in((count, tokens) -> {});
    try (E5Embedder embedder = embedder(session)) {
      List<Future<List<Embedding>>> results = new ArrayList<>();
      for (int task = 0; task < 40; task++) {
        List<String> own = texts(task * 100, 100);
        results.add(tasks.submit(() -> embed(embedder, own)));
      }
      for (int task = 0; task < 40; task += 13) {
        assertThat(vectors(results.get(task).get())).isEqualTo(expected(texts(task * 100, 100)));
      }
      for (Future<List<Embedding>> result : results) {
        assertThat(result.get()).hasSize(100);
      }
    }
    assertThat(session.threads).hasSize(1).doesNotContain(Thread.currentThread());
    assertThat(session.closed).isTrue();
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns the tokens of each call, in order, where both windows wait before the first call ends.
   * The lengths of their texts distinguish the windows.
   */
  private List<Integer> calls(List<String> older, List<String> younger) throws Exception {
    Semaphore calls = new Semaphore(0);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    ScriptedSession session =
        ScriptedSession.in(
            (count, tokens) -> {
              calls.acquireUninterruptibly();
              order.add(tokens);
              pause(50);
            });
    try (E5Embedder embedder = embedder(session)) {
      Future<List<Embedding>> first = tasks.submit(() -> embed(embedder, older));
      pause(500);
      Future<List<Embedding>> second = tasks.submit(() -> embed(embedder, younger));
      pause(500);
      calls.release(1_000);
      first.get();
      second.get();
    }
    return order;
  }

  @Test
  void oldestOfEqualWindowsGoesFirst() throws Exception {
    List<Integer> order =
        calls(Collections.nCopies(60, "rain"), Collections.nCopies(60, "rain rain rain rain"));
    int older = Collections.min(order);
    int count = Collections.frequency(order, older);
    assertThat(count).isGreaterThan(4);
    assertThat(Collections.frequency(order.subList(0, count), older))
        .as("%s", order)
        .isGreaterThanOrEqualTo(count - 1);
  }

  @Test
  void smallWindowGoesBeforeAnOlderLargeOne() throws Exception {
    List<Integer> order = calls(Collections.nCopies(120, "rain"), List.of("rain rain"));
    assertThat(order).hasSizeGreaterThan(8);
    assertThat(order.indexOf(Collections.max(order))).as("%s", order).isLessThanOrEqualTo(2);
  }

  @Test
  void slowTaskHoldsUpNobody() throws Exception {
    ScriptedSession session = ScriptedSession.in((count, tokens) -> {});
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    EmbeddingListener slow =
        new EmbeddingListener() {
          @Override
          public void count(Counter counter, long amount) {}

          @Override
          public void beforeBatch() {
            begun.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    try (E5Embedder embedder = embedder(session)) {
      Future<List<Embedding>> older =
          tasks.submit(() -> embedder.embed(texts(0, 50), InputType.PASSAGE, OnError.FAIL, slow));
      begun.await();
      assertThat(embed(embedder, texts(50, 50))).hasSize(50);
      assertThat(older.isDone()).isFalse();
      goOn.countDown();
      assertThat(older.get()).hasSize(50);
    }
  }

  @Test
  void failedBatchFailsItsTaskAlone() throws Exception {
    ScriptedSession session =
        ScriptedSession.in(
            (count, tokens) -> {
              if (tokens > 20) {
                throw new EmbeddingException("too long for this device");
              }
            });
    try (E5Embedder embedder = embedder(session)) {
      String longText = "word ".repeat(30);
      Future<List<Embedding>> failing = tasks.submit(() -> embed(embedder, List.of(longText)));
      Future<List<Embedding>> other = tasks.submit(() -> embed(embedder, texts(0, 200)));
      assertThatThrownBy(failing::get)
          .hasCauseInstanceOf(EmbeddingException.class)
          .hasMessageContaining("too long for this device");
      assertThat(other.get()).hasSize(200);
      List<Embedding> kept =
          embedder.embed(
              List.of("rain", longText, "snow"), InputType.PASSAGE, OnError.NULL, NOBODY);
      assertThat(kept.get(1).error()).isEqualTo("too long for this device");
      assertThat(vectors(List.of(kept.get(0), kept.get(2))))
          .isEqualTo(expected(List.of("rain", "snow")));
    }
  }

  @Test
  void killedTaskTakesItsBatchesOutAndOthersGoOn() throws Exception {
    Semaphore calls = new Semaphore(0);
    AtomicInteger made = new AtomicInteger();
    ScriptedSession session =
        ScriptedSession.in(
            (count, tokens) -> {
              calls.acquireUninterruptibly();
              made.incrementAndGet();
            });
    try (E5Embedder embedder = embedder(session)) {
      CountDownLatch kill = new CountDownLatch(1);
      EmbeddingListener killed =
          new EmbeddingListener() {
            @Override
            public void count(Counter counter, long amount) {}

            @Override
            public void beforeBatch() {
              if (kill.getCount() == 0) {
                throw new IllegalStateException("killed");
              }
            }
          };
      Future<List<Embedding>> victim =
          tasks.submit(
              () -> embedder.embed(texts(0, 500), InputType.PASSAGE, OnError.FAIL, killed));
      Thread.sleep(300);
      kill.countDown();
      Thread.sleep(300);
      assertThat(victim.isDone()).as("a call that runs cannot be left").isFalse();
      calls.release(1);
      assertThatThrownBy(() -> victim.get(10, TimeUnit.SECONDS)).hasMessageContaining("killed");
      assertThat(made).hasValue(1);
      calls.release(1_000);
      assertThat(embed(embedder, texts(0, 20))).hasSize(20);
    }
  }

  @Test
  void interruptedTaskWaitsForItsCallAndFails() throws Exception {
    Semaphore calls = new Semaphore(0);
    ScriptedSession session = ScriptedSession.in((count, tokens) -> calls.acquireUninterruptibly());
    try (E5Embedder embedder = embedder(session)) {
      List<Throwable> failures = new ArrayList<>();
      Thread task =
          new Thread(
              () -> {
                try {
                  embedder.embed(texts(0, 100), InputType.PASSAGE, OnError.NULL, NOBODY);
                } catch (EmbeddingException e) {
                  failures.add(e);
                }
              });
      task.start();
      Thread.sleep(300);
      task.interrupt();
      Thread.sleep(300);
      assertThat(task.isAlive()).isTrue();
      calls.release(1);
      task.join(10_000);
      assertThat(task.isAlive()).isFalse();
      assertThat(failures).singleElement().asString().contains("Interrupted");
      calls.release(1_000);
    }
  }

  @Test
  void closingLetsTheRunningCallEndAndRefusesTheRest() throws Exception {
    Semaphore calls = new Semaphore(0);
    ScriptedSession session = ScriptedSession.in((count, tokens) -> calls.acquireUninterruptibly());
    E5Embedder embedder = embedder(session);
    List<Future<List<Embedding>>> results = new ArrayList<>();
    for (int task = 0; task < 4; task++) {
      results.add(tasks.submit(() -> embed(embedder, texts(0, 100))));
    }
    Thread.sleep(300);
    Future<?> closing = tasks.submit(embedder::close);
    Thread.sleep(300);
    assertThat(session.closed).as("while a call runs").isFalse();
    calls.release(1_000);
    closing.get(10, TimeUnit.SECONDS);
    assertThat(session.closed).isTrue();
    for (Future<List<Embedding>> result : results) {
      assertThatThrownBy(result::get).hasMessageContaining("The model is closed");
    }
  }

  @Test
  void realModelGivesTheSameVectorsAsOnTheCallersThread() throws Exception {
    List<String> texts = texts(0, 60);
    try (E5Embedder direct = DefaultModel.open(Map.of("device", "cpu"));
        E5Embedder dedicated =
            DefaultModel.open(Map.of("device", "cpu", "device-thread", "dedicated"))) {
      List<Future<List<float[]>>> results = new ArrayList<>();
      for (int task = 0; task < 4; task++) {
        List<String> own = texts.subList(task * 15, task * 15 + 15);
        results.add(tasks.submit(() -> DefaultModel.vectors(dedicated, InputType.PASSAGE, own)));
      }
      for (int task = 0; task < 4; task++) {
        List<float[]> expected =
            DefaultModel.vectors(
                direct, InputType.PASSAGE, texts.subList(task * 15, task * 15 + 15));
        List<float[]> actual = results.get(task).get();
        for (int i = 0; i < expected.size(); i++) {
          assertThat(actual.get(i)).containsExactly(expected.get(i));
        }
      }
    }
  }
}
