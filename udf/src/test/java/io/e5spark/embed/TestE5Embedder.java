package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests properties that hold for the real model. */
class TestE5Embedder {
  private static final double TOLERANCE = 1e-6;

  private static E5Embedder embedder;
  private static List<String> texts;
  private static List<float[]> alone;

  @BeforeAll
  static void load() {
    embedder = DefaultModel.open(Map.of());
    texts = texts();
    alone = new ArrayList<>();
    for (String text : texts) {
      alone.addAll(DefaultModel.vectors(embedder, InputType.PASSAGE, List.of(text)));
    }
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  /** Returns twenty texts of very different lengths, which include unusual texts. */
  private static List<String> texts() {
    Random random = new Random(11);
    List<String> texts =
        new ArrayList<>(List.of("", "  ", "\0", "😀", "漢字", "a\uD800b", "naïve café résumé"));
    while (texts.size() < 20) {
      StringBuilder text = new StringBuilder();
      for (int word = random.nextInt(texts.size() * 12); word >= 0; word--) {
        text.append(Long.toString(random.nextInt(1_000_000), 36)).append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static void assertSame(List<float[]> actual, List<float[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i), within((float) TOLERANCE));
    }
  }

  @Test
  void vectorsHaveNormOne() {
    for (float[] vector : alone) {
      assertThat(vector).hasSize(384);
      assertThat(DefaultModel.dot(vector, vector)).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void batchChangesNothing() {
    assertSame(DefaultModel.vectors(embedder, InputType.PASSAGE, texts), alone);
  }

  @Test
  void orderChangesNothing() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(3));
    List<float[]> shuffled =
        DefaultModel.vectors(embedder, InputType.PASSAGE, order.stream().map(texts::get).toList());
    assertSame(shuffled, order.stream().map(alone::get).toList());
  }

  @Test
  void tokenBudgetChangesNothing() {
    try (E5Embedder small = DefaultModel.open(Map.of("max-batch-tokens", "600"))) {
      assertSame(DefaultModel.vectors(small, InputType.PASSAGE, texts), alone);
    }
  }

  @Test
  void threadsChangeNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<float[]>> task = () -> DefaultModel.vectors(embedder, InputType.PASSAGE, texts);
      for (Future<List<float[]>> result : threads.invokeAll(Collections.nCopies(4, task))) {
        assertSame(result.get(), alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void inputTypeIsAPrefix() {
    try (E5Embedder bare = DefaultModel.open(Map.of("prefix", "off"))) {
      assertSame(
          DefaultModel.vectors(bare, InputType.QUERY, List.of("passage: " + texts.get(9))),
          List.of(alone.get(9)));
    }
    float[] query = DefaultModel.vectors(embedder, InputType.QUERY, List.of("river")).get(0);
    float[] passage = DefaultModel.vectors(embedder, InputType.PASSAGE, List.of("river")).get(0);
    assertThat(query).isNotEqualTo(passage);
  }

  @Test
  void normalizeOffKeepsTheMean() {
    try (E5Embedder raw = DefaultModel.open(Map.of("normalize", "false"))) {
      float[] mean = DefaultModel.vectors(raw, InputType.PASSAGE, List.of(texts.get(12))).get(0);
      double norm = Math.sqrt(DefaultModel.dot(mean, mean));
      assertThat(norm).isNotCloseTo(1, within(0.01));
      float[] unit = new float[mean.length];
      for (int i = 0; i < unit.length; i++) {
        unit[i] = (float) (mean[i] / norm);
      }
      assertSame(List.of(unit), List.of(alone.get(12)));
    }
  }

  @Test
  void countersAddUp() {
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    List<Embedding> embeddings =
        embedder.embed(
            texts,
            InputType.PASSAGE,
            OnError.FAIL,
            (counter, n) -> counts.merge(counter, n, Long::sum));
    assertThat(counts)
        .containsEntry(Counter.TEXTS, 20L)
        .containsEntry(Counter.TOKENS, embeddings.stream().mapToLong(Embedding::tokens).sum())
        .containsEntry(Counter.CPU_WINDOWS, 1L)
        .doesNotContainKey(Counter.GPU_WINDOWS);
    assertThat(counts.get(Counter.MODEL)).isPositive();
  }

  @Test
  void hugeTextTakesNoLongerThanItsFirstPart() {
    String huge = "many words make a long text ".repeat(80_000);
    List<Embedding> embeddings =
        embedder.embed(List.of(huge), InputType.PASSAGE, OnError.FAIL, (counter, n) -> {});
    assertThat(embeddings.get(0).truncated()).isTrue();
    assertThat(embeddings.get(0).tokens()).isEqualTo(512);
  }
}
