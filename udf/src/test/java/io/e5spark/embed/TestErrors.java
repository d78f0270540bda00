package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.ModelDirectory;
import io.e5spark.onnx.ToyModel;
import io.e5spark.vector.VectorCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what happens to texts that cannot be embedded. */
class TestErrors {
  private static final EmbeddingListener SILENT = (counter, amount) -> {};

  @TempDir Path directory;

  private E5Embedder open() throws IOException {
    ModelDirectory files = ModelDirectory.at(ToyModel.in(directory));
    return EmbedderPlan.of(Settings.read(Map.of()), files).open(files);
  }

  @Test
  void vectorThatIsNoNumberFails() throws IOException {
    try (E5Embedder embedder = open()) {
      List<String> texts = List.of("w1", ToyModel.NAN_WORD);
      assertThatThrownBy(() -> embedder.embed(texts, InputType.QUERY, OnError.FAIL, SILENT))
          .isInstanceOf(EmbeddingException.class)
          .hasMessage("Invalid vector: the model returned a component that is not a number");
    }
  }

  @Test
  void failedModelCallFails() throws IOException {
    try (E5Embedder embedder = open()) {
      List<String> texts = List.of("w1", ToyModel.FAILING_WORD);
      assertThatThrownBy(() -> embedder.embed(texts, InputType.QUERY, OnError.FAIL, SILENT))
          .isInstanceOf(EmbeddingException.class)
          .hasMessageStartingWith("Cannot embed a batch of 2 × 5 tokens: ");
    }
  }

  @Test
  void keptErrorsCostTheirTextAlone() throws IOException {
    List<String> texts =
        List.of("w1", "w2 w3", ToyModel.FAILING_WORD, "w4", "w5 w6", ToyModel.NAN_WORD, "w1 w2 w3");
    try (E5Embedder embedder = open()) {
      List<Embedding> embeddings = embedder.embed(texts, InputType.QUERY, OnError.NULL, SILENT);
      for (int i = 0; i < texts.size(); i++) {
        boolean bad = i == 2 || i == 5;
        assertThat(embeddings.get(i).vector() == null).isEqualTo(bad);
        assertThat(embeddings.get(i).error() != null).isEqualTo(bad);
      }
      assertThat(embeddings.get(2).error()).startsWith("Cannot embed a batch of 1 × 5 tokens");
      assertThat(embeddings.get(5).error()).startsWith("Invalid vector");
    }
  }

  @Test
  void normOtherThanOneIsFound() {
    assertThat(VectorCheck.problem(new float[] {0.6f, 0.8f}, true)).isNull();
    assertThat(VectorCheck.problem(new float[] {0.6f, 0.9f}, true))
        .isEqualTo("Invalid vector: its norm is 1.081665 (must be 1)");
    assertThat(VectorCheck.problem(new float[] {0, 0}, true)).contains("norm is 0.000000");
    assertThat(VectorCheck.problem(new float[] {3, 4}, false)).isNull();
  }
}
