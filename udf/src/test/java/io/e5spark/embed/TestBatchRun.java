package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.OnError;
import io.e5spark.model.EmbeddingException;
import io.e5spark.onnx.ModelSession;
import io.e5spark.onnx.ScriptedSession;
import io.e5spark.onnx.TokenBatch;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests runs of batches: results keep their order, failed batches are halved, and everything is
 * counted.
 */
@Timeout(60)
class TestBatchRun {
  /** A text with this many tokens makes its batch fail. */
  private static final int POISON = 7;

  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final EmbeddingListener counting =
      (counter, amount) -> counts.merge(counter, amount, Long::sum);

  /** Returns texts of these lengths. Each token of a text is the position of the text. */
  private static TokenizedText[] texts(int... lengths) {
    TokenizedText[] texts = new TokenizedText[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      int[] ids = new int[lengths[i]];
      Arrays.fill(ids, i);
      texts[i] = new TokenizedText(ids, false);
    }
    return texts;
  }

  private static Batches batches(int budget, TokenizedText... texts) {
    return Batches.of(texts, new TokenBudget(budget, 1, 512, 24));
  }

  private void poisoned(int texts, int tokens) {
    calls.add(texts + "x" + tokens);
    if (tokens == POISON) {
      throw new EmbeddingException("Poison among " + texts);
    }
  }

  private LoadedModel onCallers() {
    return new LoadedModel(ScriptedSession.sharedEncoder(ScriptedSession.in(this::poisoned)));
  }

  private LoadedModel onAThread() {
    ScriptedSession session = ScriptedSession.in(this::poisoned);
    return new LoadedModel(session.encoder(() -> session));
  }

  private List<Embedding> run(LoadedModel model, Batches batches, OnError onError) {
    try (model;
        BatchRun run = new BatchRun(model, batches, onError, true, counting)) {
      run.run(batches.queue());
      return run.embeddings();
    }
  }

  /** Asserts that each vector is the unit vector that the sum of the text's tokens gives. */
  private static void assertVectors(List<Embedding> embeddings, int... lengths) {
    assertThat(embeddings).hasSize(lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      double sum = (double) i * lengths[i];
      if (lengths[i] != POISON) {
        assertThat(embeddings.get(i).vector())
            .containsExactly((float) Math.cos(sum), (float) Math.sin(sum));
        assertThat(embeddings.get(i).tokens()).isEqualTo(lengths[i]);
      }
    }
  }

  @Test
  void vectorsAreInTheOrderOfTheTexts() {
    int[] lengths = {2, 9, 4, 3, 8};
    assertVectors(run(onCallers(), batches(20, texts(lengths)), OnError.FAIL), lengths);
    assertVectors(run(onAThread(), batches(20, texts(lengths)), OnError.FAIL), lengths);
  }

  @Test
  void whatTheModelIsGivenIsCounted() {
    run(onCallers(), Batches.single(texts(2, 6, 4), new TokenBudget(1, 4, 512, 24)), OnError.FAIL);
    assertThat(calls).containsExactly("3x8");
    assertThat(counts)
        .containsEntry(Counter.BATCHES, 1L)
        .containsEntry(Counter.TEXTS, 3L)
        .containsEntry(Counter.TOKENS, 12L)
        .containsEntry(Counter.PADDING, 12L)
        .containsOnlyKeys(
            Counter.BATCHES,
            Counter.TEXTS,
            Counter.TOKENS,
            Counter.PADDING,
            Counter.MODEL,
            Counter.WAITING);
  }

  /**
   * The failure of the first batch may be due to its texts. The next failure cannot, so it ends the
   * run.
   */
  @Test
  void lostDeviceEndsTheRunThoughErrorsAreKept() {
    ScriptedSession lost =
        ScriptedSession.in(
            (texts, tokens) -> {
              throw new EmbeddingException("CUDA failure 700: an illegal memory access");
            });
    LoadedModel model = new LoadedModel(lost.encoder(() -> lost));
    Batches batches = batches(10, texts(5, 5, 5, 5));
    assertThatThrownBy(() -> run(model, batches, OnError.NULL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("an earlier call lost the device of this process");
  }

  @Test
  void cutTextsStayMarked() {
    TokenizedText[] texts = {
      new TokenizedText(new int[] {1, 2}, true), new TokenizedText(new int[] {3}, false)
    };
    assertThat(run(onCallers(), batches(100, texts), OnError.FAIL))
        .extracting(Embedding::truncated)
        .containsExactly(true, false);
  }

  @Test
  void failureEndsTheRun() {
    Batches batches = batches(100, texts(3, POISON, 3));
    assertThatThrownBy(() -> run(onCallers(), batches, OnError.FAIL))
        .isInstanceOf(EmbeddingException.class)
        .hasMessage("Poison among 3");
    assertThat(calls).containsExactly("3x7");
  }

  @Test
  void failedBatchIsHalvedUntilTheFailureCostsOneText() {
    int[] lengths = {3, 2, POISON, 5, 4};
    List<Embedding> embeddings =
        run(onCallers(), Batches.single(texts(lengths), budgetOf(100)), OnError.NULL);
    assertVectors(embeddings, lengths);
    assertThat(embeddings.get(2).error()).isEqualTo("Poison among 1");
    assertThat(embeddings.get(2).vector()).isNull();
    assertThat(calls).containsExactly("5x7", "2x7", "1x7", "1x5", "3x4");
  }

  private static TokenBudget budgetOf(int tokens) {
    return new TokenBudget(tokens, 1, 512, 24);
  }

  @Test
  void failedCallsCountForNothing() {
    run(onCallers(), Batches.single(texts(3, 2, POISON, 5, 4), budgetOf(100)), OnError.NULL);
    assertThat(counts)
        .containsEntry(Counter.BATCHES, 2L)
        .containsEntry(Counter.TEXTS, 4L)
        .containsEntry(Counter.TOKENS, 14L)
        .containsEntry(Counter.PADDING, 3L);
  }

  @Test
  void batchesInFlightSurviveTheFailuresOfOthers() {
    int[] lengths = {POISON, POISON, POISON, 3, 2, POISON, 3, 2, POISON, 3, POISON, 5};
    for (int budget : new int[] {7, 14, 21, 40, 100}) {
      List<Embedding> embeddings = run(onAThread(), batches(budget, texts(lengths)), OnError.NULL);
      assertVectors(embeddings, lengths);
      assertThat(embeddings)
          .extracting(Embedding::error)
          .filteredOn("Poison among 1"::equals)
          .hasSize(6);
    }
  }

  @Test
  void vectorThatIsNoneFailsLikeACall() {
    Batches batches = batches(100, texts(3, 2));
    assertThatThrownBy(() -> run(silent(), batches, OnError.FAIL))
        .isInstanceOf(EmbeddingException.class)
        .hasMessage("Invalid vector: its norm is 0.000000 (must be 1)");
    assertThat(run(silent(), batches, OnError.NULL))
        .extracting(Embedding::error)
        .containsOnly("Invalid vector: its norm is 0.000000 (must be 1)");
  }

  /** Returns a model whose vectors are all zero. */
  private static LoadedModel silent() {
    return new LoadedModel(
        ScriptedSession.sharedEncoder(
            new ModelSession() {
              @Override
              public void run(TokenBatch batch) {}

              @Override
              public void runAndShrink(TokenBatch batch) {}

              @Override
              public void close() {}
            }));
  }

  @Test
  void normIsFreeWhereVectorsAreNotNormalized() {
    Batches batches = batches(100, texts(3));
    try (LoadedModel model = silent();
        BatchRun run = new BatchRun(model, batches, OnError.FAIL, false, counting)) {
      run.run(batches.queue());
      assertThat(run.embeddings().get(0).vector()).containsExactly(0, 0);
    }
  }

  @Test
  void interruptedTaskHalvesNothing() {
    LoadedModel model =
        new LoadedModel(
            ScriptedSession.sharedEncoder(
                ScriptedSession.in(
                    (texts, tokens) -> {
                      calls.add(texts + "x" + tokens);
                      Thread.currentThread().interrupt();
                      throw new EmbeddingException("Interrupted");
                    })));
    Batches batches = batches(100, texts(3, 3));
    try {
      assertThatThrownBy(() -> run(model, batches, OnError.NULL)).hasMessage("Interrupted");
      assertThat(calls).containsExactly("2x3");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void textsOfAnotherThreadAreMissing() {
    Batches batches = batches(3, texts(3, 2));
    try (LoadedModel model = onCallers();
        BatchRun run = new BatchRun(model, batches, OnError.FAIL, true, counting)) {
      run.run(new ConcurrentLinkedQueue<>(List.of(new int[] {1})));
      assertThatThrownBy(run::embeddings)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The batches left out a text");
      run.run(new ConcurrentLinkedQueue<>(List.of(new int[] {0})));
      assertThat(run.embeddings()).hasSize(2);
    }
  }

  @Test
  void listenerMayStopTheRunBeforeABatch() {
    Batches batches = batches(3, texts(3, 3, 3));
    EmbeddingListener stopping =
        new EmbeddingListener() {
          @Override
          public void count(Counter counter, long amount) {}

          @Override
          public void beforeBatch() {
            if (calls.size() == 1) {
              throw new IllegalStateException("Killed");
            }
          }
        };
    try (LoadedModel model = onCallers()) {
      assertThatThrownBy(
              () -> {
                try (BatchRun run = new BatchRun(model, batches, OnError.NULL, true, stopping)) {
                  run.run(batches.queue());
                }
              })
          .hasMessage("Killed");
    }
    assertThat(calls.size()).isEqualTo(1);
  }

  @Test
  void memoryOfABatchIsUsedForTheNext() {
    Batches batches = batches(3, texts(3, 3, 3));
    try (LoadedModel model = onCallers()) {
      TokenBatch memory = model.borrow();
      model.giveBack(memory);
      try (BatchRun run = new BatchRun(model, batches, OnError.FAIL, true, counting)) {
        run.run(batches.queue());
      }
      assertThat(model.borrow()).isSameAs(memory);
      assertThat(model.borrow().texts()).isZero();
    }
  }

  @Test
  void batchesLeftInFlightGiveTheirMemoryBack() {
    Batches batches = batches(3, texts(3, 3));
    try (LoadedModel model = onCallers()) {
      TokenBatch memory = model.borrow();
      model.giveBack(memory);
      BatchRun run =
          new BatchRun(
              model,
              batches,
              OnError.FAIL,
              true,
              new EmbeddingListener() {
                private int heard;

                @Override
                public void count(Counter counter, long amount) {}

                @Override
                public void beforeBatch() {
                  if (heard++ == 1) {
                    throw new IllegalStateException("Killed");
                  }
                }
              });
      assertThatThrownBy(() -> run.run(batches.queue())).hasMessage("Killed");
      run.close();
      assertThat(model.borrow()).isSameAs(memory);
      assertThat(calls).isEmpty();
    }
  }
}
