package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtEnvironment;
import io.e5spark.config.Settings;
import io.e5spark.onnx.Encoder;
import io.e5spark.onnx.ModelInspector;
import io.e5spark.onnx.ToyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestModelIdentity {
  @TempDir Path directory;

  private static Settings on(String device) {
    return Settings.read(Map.of("device", device));
  }

  private ModelIdentity inspect() {
    return ModelInspector.inspect(ModelDirectory.at(directory));
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(this::inspect)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot use model " + directory + ": ")
        .hasMessageContaining(reason);
  }

  @Test
  void signatureIsReadFromTheGraph() throws IOException {
    ToyModel.in(directory);
    assertThat(inspect().signature())
        .isEqualTo(
            new GraphSignature(
                List.of("input_ids", "attention_mask"), "last_hidden_state", false, 4));
  }

  @Test
  void graphMayLieInTheOnnxFolder() throws IOException {
    ToyModel.in(directory);
    Files.createDirectory(directory.resolve("onnx"));
    Files.move(directory.resolve("model.onnx"), directory.resolve("onnx/model.onnx"));
    assertThat(inspect().dimension()).isEqualTo(4);
  }

  @Test
  void missingGraphIsNamed() throws IOException {
    Files.writeString(directory.resolve("tokenizer.json"), ToyModel.tokenizer(10));
    assertRefused("found no model.onnx or onnx/model.onnx");
  }

  @Test
  void missingTokenizerIsNamed() throws IOException {
    ToyModel.in(directory);
    Files.delete(directory.resolve("tokenizer.json"));
    assertThatThrownBy(this::inspect).hasMessageContaining("tokenizer.json");
  }

  @Test
  void truncatedGraphIsRefused() throws IOException {
    Path graph = ToyModel.in(directory).resolve("model.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    Files.write(graph, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused("");
  }

  @Test
  void otherInputsAreRefused() throws IOException {
    ToyModel.in(directory);
    GraphProto.Builder graph = ToyModel.graph(3);
    graph.addInput(ToyModel.value("pixel_values", TensorProto.DataType.INT64_VALUE, 2));
    ToyModel.write(directory.resolve("model.onnx"), graph.build());
    assertRefused(
        "its input 'pixel_values' is not one of [input_ids, attention_mask, token_type_ids]");
  }

  @Test
  void missingMaskIsRefused() throws IOException {
    ToyModel.in(directory);
    GraphProto.Builder graph = ToyModel.graph(3);
    graph.removeInput(1);
    ToyModel.write(directory.resolve("model.onnx"), graph.build());
    assertRefused("it needs the inputs input_ids and attention_mask, found [input_ids]");
  }

  @Test
  void otherRanksAreRefused() throws IOException {
    ToyModel.in(directory);
    GraphProto.Builder graph = ToyModel.graph(3);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("axis")
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(0));
    graph.clearOutput().addNode(ToyModel.node("Unsqueeze", "score", "last_hidden_state", "axis"));
    graph.addOutput(ToyModel.value("score", TensorProto.DataType.FLOAT_VALUE, 4));
    ToyModel.write(directory.resolve("model.onnx"), graph.build());
    assertRefused("its output 'score' has rank 4 (must be 3");
  }

  @Test
  void tokenizerOfALargerModelIsRefused() throws IOException {
    ToyModel.in(directory);
    Files.writeString(directory.resolve("tokenizer.json"), ToyModel.tokenizer(11));
    assertRefused("its tokenizer has 18 tokens, and its graph has fewer");
  }

  @Test
  void tokenizerOfASmallerModelIsRefused() throws IOException {
    for (String file : List.of("model.onnx", "tokenizer.json")) {
      try (var in = BuiltInModel.E5_SMALL_V2.open(file)) {
        Files.copy(in, directory.resolve(file));
      }
    }
    Files.writeString(directory.resolve("tokenizer.json"), ToyModel.tokenizer(20_000));
    assertRefused("its tokenizer has 20007 tokens, and its graph has many more");
  }

  @Test
  void fileThatIsNoTokenizerIsRefused() throws IOException {
    ToyModel.in(directory);
    Files.writeString(directory.resolve("tokenizer.json"), "{\"hello\": 1}");
    assertRefused("its tokenizer.json is not a tokenizer");
  }

  @Test
  void fingerprintTellsApartWhateverDecidesAVector() throws IOException {
    ToyModel.in(directory);
    ModelIdentity model = inspect();
    Set<String> fingerprints = new TreeSet<>();
    fingerprints.add(fingerprint(model, Map.of()));
    fingerprints.add(fingerprint(model, Map.of("max-tokens", "128")));
    fingerprints.add(fingerprint(model, Map.of("normalize", "false")));
    fingerprints.add(fingerprint(model, Map.of("prefix", "off")));
    Files.writeString(directory.resolve("tokenizer.json"), ToyModel.tokenizer(10) + " ");
    fingerprints.add(fingerprint(inspect(), Map.of()));
    assertThat(fingerprints).hasSize(5).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    assertThat(fingerprint(model, Map.of("window-rows", "7", "device", "cpu")))
        .isEqualTo(fingerprint(model, Map.of()));
  }

  private static String fingerprint(ModelIdentity model, Map<String, String> settings) {
    return new VectorRecipe(model, Settings.read(settings).vectors().atMost(512)).fingerprint();
  }

  @Test
  void changedFilesAreNotOpened() throws IOException {
    ToyModel.in(directory);
    ModelIdentity other =
        new ModelIdentity(
            directory.toString(),
            "0".repeat(64),
            "0".repeat(64),
            0,
            inspect().signature(),
            ModelCard.E5);
    assertThatThrownBy(() -> Encoder.open(ModelDirectory.at(directory), other, on("cpu"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its files are not those that the driver saw");
  }

  @Test
  void cudaIsNeverReplacedByTheCpu() throws IOException {
    ToyModel.in(directory);
    ModelIdentity model = inspect();
    assertThatThrownBy(() -> Encoder.open(ModelDirectory.at(directory), model, on("cuda"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot use device cuda: ONNX Runtime %s offers only [CPU]"
                .formatted(OrtEnvironment.getEnvironment().getVersion()));
  }
}
