package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.model.ModelDirectory;
import io.e5spark.onnx.ToyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSharedEmbedders {
  @TempDir Path directory;
  private ModelDirectory files;
  private final AtomicInteger loads = new AtomicInteger();

  @BeforeEach
  void writeModel() throws IOException {
    files = ModelDirectory.at(ToyModel.in(directory));
  }

  @AfterEach
  void close() {
    SharedEmbedders.closeAll();
  }

  private float[] vector(Map<String, String> settings, String text) {
    Function<EmbedderPlan, io.e5spark.model.ModelFiles> finding =
        plan -> {
          loads.incrementAndGet();
          return files;
        };
    TextEmbedder embedder =
        SharedEmbedders.get(EmbedderPlan.of(Settings.read(settings), files), 0, finding);
    return embedder
        .embed(List.of(text), InputType.QUERY, OnError.FAIL, (counter, amount) -> {})
        .get(0)
        .vector();
  }

  /** The uses load one session and one tokenizer. */
  @Test
  void usesWithOtherBudgetsPrefixesAndLimitsShareOneSessionAndOneTokenizer() {
    for (int longest = 3; longest < 203; longest++) {
      vector(Map.of("max-tokens", Integer.toString(longest)), "w1 w2 w3");
    }
    vector(Map.of("prefix", "off", "max-batch-tokens", "9", "window-rows", "1"), "w1");
    vector(Map.of("truncate", "window", "max-tokens", "9"), "w1 w2 w3 w4 w5 w6 w7x w9");
    assertThat(loads).hasValue(2);
  }

  @Test
  void limitsAndPrefixesAreEachUsesOwn() {
    float[] whole = vector(Map.of(), "w1 w2 w3");
    float[] cut = vector(Map.of("max-tokens", "5"), "w1 w2 w3");
    float[] bare = vector(Map.of("prefix", "off"), "w1 w2 w3");
    assertThat(cut).isNotEqualTo(whole);
    assertThat(bare).isNotEqualTo(whole);
    assertThat(vector(Map.of(), "w1 w2 w3")).isEqualTo(whole);
  }

  @Test
  void vectorsThatAreNotNormalisedHaveASessionOfTheirOwn() {
    float[] unit = vector(Map.of(), "w1 w2");
    float[] mean = vector(Map.of("normalize", "false"), "w1 w2");
    assertThat(mean).isNotEqualTo(unit);
    assertThat(loads).hasValue(3);
  }

  @Test
  void closedModelsAreLoadedAnew() {
    float[] before = vector(Map.of(), "w1");
    SharedEmbedders.closeAll();
    assertThat(vector(Map.of(), "w1")).isEqualTo(before);
    assertThat(loads).hasValue(4);
  }
}
