package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.model.EmbeddingException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests what happens to texts that exceed the model's token limit. */
class TestTruncation {
  private static final String LONG =
      IntStream.range(0, 60).mapToObj(i -> "word" + i % 9).collect(Collectors.joining(" "));
  private static final List<String> TEXTS = List.of("salt", LONG, "bread and water");

  private static E5Embedder open(String truncate) {
    return DefaultModel.open(Map.of("max-tokens", "40", "truncate", truncate));
  }

  private static List<Embedding> embed(E5Embedder embedder, OnError onError, List<String> texts) {
    return embedder.embed(texts, InputType.PASSAGE, onError, (counter, amount) -> {});
  }

  @Test
  void failNamesTheLimit() {
    try (E5Embedder embedder = open("fail");
        E5Embedder cut = open("cut")) {
      List<Embedding> kept = embed(embedder, OnError.NULL, TEXTS);
      assertThat(kept.get(1).error())
          .isEqualTo("Text is too long: it has more than 40 tokens (truncate is fail)");
      List<Embedding> expected = embed(cut, OnError.NULL, TEXTS);
      assertThat(expected.get(1).truncated()).isTrue();
      for (int text : List.of(0, 2)) {
        assertThat(kept.get(text).vector())
            .containsExactly(expected.get(text).vector(), within(1e-6f));
      }
      assertThatThrownBy(() -> embed(embedder, OnError.FAIL, TEXTS))
          .isInstanceOf(EmbeddingException.class)
          .hasMessageContaining("more than 40 tokens");
    }
  }

  @Test
  void windowsAreAveragedByTheirTokens() {
    try (E5Embedder embedder = open("window")) {
      List<Embedding> embeddings = embed(embedder, OnError.FAIL, TEXTS);
      TokenizedText[] windows = embedder.segments(LONG, InputType.PASSAGE);
      assertThat(windows.length).isGreaterThan(2);
      float[] mean = mean(embedder, windows);
      assertThat(embeddings.get(1).vector()).containsExactly(mean, within(1e-6f));
      assertThat(embeddings.get(1).truncated()).isFalse();
      assertThat(embeddings.get(1).tokens())
          .isEqualTo(IntStream.range(0, windows.length).map(i -> windows[i].length()).sum());
      assertThat(embeddings.get(0).tokens()).isEqualTo(5);
    }
  }

  private static float[] mean(E5Embedder embedder, TokenizedText[] windows) {
    double[] sum = new double[embedder.dimension()];
    for (TokenizedText window : windows) {
      float[] vector = vector(embedder, window);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += (double) window.length() * vector[i];
      }
    }
    double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / norm);
    }
    return mean;
  }

  private static float[] vector(E5Embedder embedder, TokenizedText window) {
    TokenizedText[] alone = {window};
    return embedder.embed(alone, OnError.FAIL, (counter, amount) -> {}).get(0).vector();
  }

  @Test
  void windowsCoverTheWholeText() {
    try (E5Embedder embedder = open("window");
        E5Embedder whole = DefaultModel.open(Map.of())) {
      int[] all = whole.tokensAsIs(List.of("passage: " + LONG)).get(0);
      TokenizedText[] windows = embedder.segments(LONG, InputType.PASSAGE);
      int head = 3;
      int position = head;
      for (TokenizedText window : windows) {
        int[] ids = window.ids();
        assertThat(ids.length).isLessThanOrEqualTo(40);
        assertThat(Arrays.copyOf(ids, head)).containsExactly(all[0], all[1], all[2]);
        assertThat(ids[ids.length - 1]).isEqualTo(all[all.length - 1]);
        int content = ids.length - head - 1;
        assertThat(Arrays.copyOfRange(ids, head, head + content))
            .containsExactly(Arrays.copyOfRange(all, position, position + content));
        position += 36 - 36 / 8;
      }
      assertThat(position - (36 - 36 / 8) + windows[windows.length - 1].length() - head - 1)
          .isEqualTo(all.length - 1);
    }
  }

  @Test
  void windowsAreAnotherFingerprint() {
    assertThat(fingerprint("window")).isNotEqualTo(fingerprint("cut"));
    assertThat(fingerprint("fail")).isEqualTo(fingerprint("cut"));
  }

  private static String fingerprint(String truncate) {
    return EmbedderPlan.of(
            io.e5spark.config.Settings.read(Map.of("truncate", truncate)),
            io.e5spark.model.BuiltInModel.E5_SMALL_V2)
        .fingerprint();
  }
}
