package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Device;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.model.ModelCard;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelIdentity;
import io.e5spark.model.Pooling;
import io.e5spark.model.PromptedModel;
import io.e5spark.model.Prompts;
import io.e5spark.model.Sha256;
import io.e5spark.onnx.ToyModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestEmbedderPlan {
  private static final EmbeddingListener SILENT = (counter, amount) -> {};

  @TempDir Path directory;

  private ModelDirectory files;

  @BeforeEach
  void writeModel() throws IOException {
    files = ModelDirectory.at(ToyModel.in(directory));
  }

  private EmbedderPlan plan(Map<String, String> settings) {
    return EmbedderPlan.of(Settings.read(settings), files);
  }

  private void append(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.writeString(path, Files.readString(path) + text);
  }

  @Test
  void filesBesideAnExportDecideItsVectors() throws IOException {
    String before = plan(Map.of()).fingerprint();
    Files.createDirectory(directory.resolve("1_Pooling"));
    Files.writeString(directory.resolve("1_Pooling/config.json"), "{\"pooling_mode\":\"cls\"}");
    Files.writeString(directory.resolve("tokenizer_config.json"), "{\"model_max_length\":64}");
    EmbedderPlan plan = plan(Map.of());
    assertThat(plan.settings().vectors().maxTokens()).isEqualTo(64);
    assertThat(plan.fingerprint()).isNotEqualTo(before);
    try (E5Embedder embedder = plan.open(files)) {
      List<Embedding> vectors =
          embedder.embed(List.of("w0", "w1 w2"), InputType.PASSAGE, OnError.FAIL, SILENT);
      assertThat(vectors.get(0).vector()).containsExactly(vectors.get(1).vector());
    }
  }

  @Test
  void modelIsThatOfTheFiles() throws IOException {
    EmbedderPlan plan = plan(Map.of());
    assertThat(plan.model().location()).isEqualTo(directory.toString());
    assertThat(plan.model().dimension()).isEqualTo(4);
    assertThat(plan.model().tokenizerSha256())
        .isEqualTo(Sha256.of(Files.readAllBytes(directory.resolve("tokenizer.json"))));
  }

  @Test
  void fingerprintIsOfAllThatDecidesAVector() throws IOException {
    String fingerprint = plan(Map.of()).fingerprint();
    assertThat(fingerprint).matches("[0-9a-f]{64}");
    assertThat(plan(Map.of("window-rows", "7", "device", "cpu")).fingerprint())
        .isEqualTo(fingerprint);
    assertThat(plan(Map.of("normalize", "false")).fingerprint()).isNotEqualTo(fingerprint);
    assertThat(plan(Map.of("max-tokens", "9")).fingerprint()).isNotEqualTo(fingerprint);
    append("tokenizer.json", "\n");
    assertThat(plan(Map.of()).fingerprint()).isNotEqualTo(fingerprint);
  }

  @Test
  void longestInputIsTheModelsOwnUnlessTheSettingsNameOne() {
    ModelIdentity model = plan(Map.of()).model();
    ModelIdentity shorter =
        new ModelIdentity(
            model.location(),
            model.graphSha256(),
            model.tokenizerSha256(),
            model.paddingId(),
            model.signature(),
            new ModelCard(Pooling.MEAN, Prompts.E5, 64));
    assertThat(EmbedderPlan.of(Settings.read(Map.of()), shorter).settings().vectors().maxTokens())
        .isEqualTo(64);
    Settings named = Settings.read(Map.of("max-tokens", "9"));
    assertThat(EmbedderPlan.of(named, shorter).settings()).isEqualTo(named);
  }

  @Test
  void planTravels() throws Exception {
    EmbedderPlan plan = plan(Map.of("max-tokens", "9"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      EmbedderPlan arrived = (EmbedderPlan) in.readObject();
      assertThat(arrived).isEqualTo(plan);
      assertThat(arrived.fingerprint()).isEqualTo(plan.fingerprint());
    }
  }

  @Test
  void openedEmbedderHasThePlansSettings() {
    try (E5Embedder embedder = plan(Map.of("device", "cpu", "max-tokens", "5")).open(files)) {
      assertThat(embedder.device()).isEqualTo(Device.CPU);
      assertThat(embedder.dimension()).isEqualTo(4);
      List<Embedding> embeddings =
          embedder.embed(List.of("w1 w2 w3"), InputType.QUERY, OnError.FAIL, SILENT);
      assertThat(embeddings.get(0).tokens()).isEqualTo(5);
      assertThat(embeddings.get(0).truncated()).isTrue();
    }
  }

  @Test
  void tokenizerEndsWithItsEmbedder() {
    E5Embedder embedder = plan(Map.of()).open(files);
    assertThat(embedder.countTokens("w1", InputType.QUERY)).isEqualTo(5);
    embedder.close();
    assertThatThrownBy(() -> embedder.countTokens("w1", InputType.QUERY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The tokenizer is closed");
  }

  @Test
  void otherTokenizerThanTheDriversIsRefused() throws IOException {
    EmbedderPlan plan = plan(Map.of());
    append("tokenizer.json", "\n");
    assertThatThrownBy(() -> plan.open(files))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot open model %s: its tokenizer is not the one that the driver saw"
                .formatted(directory));
  }

  @Test
  void otherGraphThanTheDriversIsRefused() throws IOException {
    EmbedderPlan plan = plan(Map.of());
    ToyModel.write(directory.resolve("model.onnx"), ToyModel.graph(3).setName("other").build());
    assertThatThrownBy(() -> plan.open(files))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot open model %s: its files are not those that the driver saw"
                .formatted(directory));
  }

  @Test
  void directoryWithoutAModelIsRefused() throws IOException {
    Files.delete(directory.resolve("model.onnx"));
    assertThatThrownBy(() -> plan(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot use model %s: ".formatted(directory))
        .hasMessageEndingWith("found no model.onnx or onnx/model.onnx");
  }

  @Test
  void promptsAreThoseOfTheModel() throws IOException {
    PromptedModel.in(directory, PromptedModel.INSTRUCT, 64);
    try (E5Embedder embedder = plan(Map.of("task", "w1 w2 w3")).open(files)) {
      assertThat(embedder.countTokens("w9", InputType.QUERY)).isEqualTo(10);
      assertThat(embedder.countTokens("w9", InputType.PASSAGE)).isEqualTo(3);
    }
    try (E5Embedder embedder = plan(Map.of("prefix", "off")).open(files)) {
      assertThat(embedder.countTokens("w9", InputType.QUERY)).isEqualTo(3);
    }
  }

  @Test
  void usualTaskIsTakenWhereNoneIsNamed() throws IOException {
    PromptedModel.in(directory, PromptedModel.INSTRUCT, 64);
    assertThat(plan(Map.of()).settings().vectors().task()).isEqualTo(Prompts.USUAL_TASK);
    assertThat(plan(Map.of("task", "w1")).settings().vectors().task()).isEqualTo("w1");
    assertThat(plan(Map.of("prefix", "off")).settings().vectors().task()).isEmpty();
  }

  @Test
  void taskThatHasNoPlaceIsRefused() throws IOException {
    assertThat(plan(Map.of()).settings().vectors().task()).isEmpty();
    assertThatThrownBy(() -> plan(Map.of("task", "Find\nit")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid task: 'Find\\nit' (model %s takes none)".formatted(directory));
    PromptedModel.in(directory, PromptedModel.INSTRUCT, 64);
    assertThatThrownBy(() -> plan(Map.of("task", "Find", "prefix", "off")))
        .hasMessage("Invalid task: 'Find' (must not be given where prefix is false)");
  }

  @Test
  void settingsMustFitAnImportedModel() throws IOException {
    PromptedModel.in(directory, Prompts.E5, 64);
    assertThatThrownBy(() -> plan(Map.of("max-tokens", "65")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid max-tokens: 65 (model %s takes at most 64)".formatted(directory));
  }
}
