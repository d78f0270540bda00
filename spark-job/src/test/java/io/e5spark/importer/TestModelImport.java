package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that imported checkpoints compute what the encoder's definition says, and that broken
 * checkpoints are rejected.
 */
class TestModelImport {
  @TempDir Path directory;

  private Path checkpoint() throws IOException {
    return new SyntheticCheckpoint(32, 2, 4, 40, 512, "F32", "").in(directory.resolve("from"));
  }

  private Path target() {
    return directory.resolve("to");
  }

  private static Settings settings(Path model) {
    return Settings.read(Map.of("model", model.toString()));
  }

  private static List<ModelVerification.Check> verify(Path model) {
    return ModelVerification.of(ModelDirectory.at(model), settings(model));
  }

  @ParameterizedTest
  @CsvSource({
    "32, 2, 4, F32, ''",
    "48, 3, 3, F16, bert.",
    "64, 1, 8, BF16, ''",
    "384, 2, 12, F16, ''",
    "768, 1, 12, F32, bert.",
    "1024, 1, 16, BF16, ''"
  })
  void computesWhatTheDefinitionSays(int hidden, int layers, int heads, String type, String prefix)
      throws IOException {
    Path from =
        new SyntheticCheckpoint(hidden, layers, heads, 120, 512, type, prefix)
            .in(directory.resolve("from"));
    ModelManifest manifest =
        ModelImport.create(ModelDirectory.at(from), target(), NumberFormat.FP32);
    assertThat(manifest.dimension()).isEqualTo(hidden);
    assertThat(verify(target()))
        .hasSize(4)
        .allSatisfy(check -> assertThat(check.holds()).as(check.toString()).isTrue());
    assertThat(verify(target()).get(1).worst()).isPositive().isLessThan(1e-5);
  }

  @Test
  void integersComeNear() throws IOException {
    Path from =
        new SyntheticCheckpoint(96, 2, 4, 120, 512, "F16", "").in(directory.resolve("from"));
    ModelManifest manifest =
        ModelImport.create(ModelDirectory.at(from), target(), NumberFormat.INT8);
    assertThat(manifest.loss().texts()).isEqualTo(138);
    assertThat(manifest.loss().smallestCosine()).isBetween(0.99, 0.999999);
    assertThat(ModelManifest.of(ModelDirectory.at(target()))).contains(manifest);
    assertThat(target().toFile().list())
        .containsExactlyInAnyOrder(
            "model.onnx", "model.onnx_data", "tokenizer.json", "e5-model.json");
    assertThat(verify(target()))
        .allSatisfy(check -> assertThat(check.holds()).as(check.toString()).isTrue());
    assertThat(verify(target()).get(1).worst()).isGreaterThan(1e-5);
    assertThatThrownBy(
            () ->
                EmbedderPlan.of(
                    Settings.read(Map.of("model", target().toString(), "device", "cuda")),
                    ModelDirectory.at(target())))
        .hasMessage("Invalid device: cuda (model from is int8, which runs on the CPU)");
  }

  @Test
  void halvesComeNear() throws IOException {
    Path from =
        new SyntheticCheckpoint(96, 2, 4, 120, 512, "F32", "").in(directory.resolve("from"));
    ModelImport.create(ModelDirectory.at(from), directory.resolve("fp32"), NumberFormat.FP32);
    ModelManifest manifest =
        ModelImport.create(ModelDirectory.at(from), target(), NumberFormat.FP16);
    assertThat(manifest.loss().smallestCosine()).isBetween(0.9999, 0.99999999);
    assertThat(verify(target()))
        .allSatisfy(check -> assertThat(check.holds()).as(check.toString()).isTrue());
    assertThat(verify(target()).get(1).worst()).isBetween(1e-5, 1e-3);
    long halves = target().resolve("model.onnx_data").toFile().length();
    assertThat(halves).isLessThan(directory.resolve("fp32/model.onnx_data").toFile().length());
  }

  @Test
  void weightsOfZerosAreRefused() throws IOException {
    Path weights = checkpoint().resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Arrays.fill(bytes, Math.toIntExact(Long.BYTES + header), bytes.length, (byte) 0);
    Files.write(weights, bytes);
    refused("its weights give a vector of zeros");
  }

  @Test
  void exportsThatAreNoneAreRefused() throws IOException {
    Path from = checkpoint();
    Files.delete(from.resolve("model.safetensors"));
    refused("it has no model.safetensors and no model.onnx");
    Path export = from.resolve("model.onnx");
    Files.writeString(export, "no graph at all");
    refused("it is not an ONNX graph");
    String positions = "embeddings.position_embeddings.weight";
    Files.write(export, graph(tensor(positions).setDataType(TensorProto.DataType.INT8_VALUE)));
    refused("tensor " + positions + " has type INT8 (must be FLOAT, FLOAT16 or BFLOAT16)");
    Files.write(export, graph(tensor(positions).addDims(3)));
    refused("tensor " + positions + " has shape [3] and 0 bytes (must be [512, 32] of F32)");
    Files.write(export, graph(external(positions, "../secret", "0")));
    refused("is in the file '../secret' (must be a plain name)");
    Files.write(export, graph(external(positions, "config.json", "999999999")));
    refused("tensor " + positions + " lies outside of config.json");
    Files.write(export, graph(external(positions, "config.json", "-1")));
    refused("it has the offset '-1'");
  }

  private static TensorProto.Builder tensor(String name) {
    return TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
  }

  private static TensorProto.Builder external(String name, String file, String offset) {
    TensorProto.Builder tensor = tensor(name).setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalDataBuilder().setKey("location").setValue(file);
    tensor.addExternalDataBuilder().setKey("offset").setValue(offset);
    return tensor;
  }

  private static byte[] graph(TensorProto.Builder tensor) {
    GraphProto.Builder graph = GraphProto.newBuilder().addInitializer(tensor);
    return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
  }

  @Test
  void embedsThroughTheUsualPath() throws IOException {
    ModelImport.create(ModelDirectory.at(checkpoint()), target(), NumberFormat.FP32);
    EmbedderPlan plan = EmbedderPlan.of(settings(target()), ModelDirectory.at(target()));
    ModelManifest manifest = ModelManifest.of(ModelDirectory.at(target())).orElseThrow();
    try (E5Embedder embedder = plan.open(ModelDirectory.at(target()))) {
      float[] vector =
          embedder
              .embed(
                  List.of("salt"),
                  InputType.QUERY,
                  io.e5spark.config.OnError.FAIL,
                  (counter, amount) -> {})
              .get(0)
              .vector();
      List<Double> golden = manifest.golden().get(0).vector();
      for (int i = 0; i < vector.length; i++) {
        assertThat((double) vector[i])
            .isCloseTo(golden.get(i), org.assertj.core.api.Assertions.within(1e-5));
      }
    }
  }

  @Test
  void shardsAreReadAndPoolingIsChecked() throws IOException {
    Path from = checkpoint();
    Files.move(from.resolve("model.safetensors"), from.resolve("model-00001-of-00001.safetensors"));
    Path index = from.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\":{\"x\":\"model-00001-of-00001.safetensors\"}}");
    Files.createDirectories(from.resolve("1_Pooling"));
    Path pooling = from.resolve("1_Pooling/config.json");
    Files.writeString(
        pooling, "{\"word_embedding_dimension\":32,\"pooling_mode_mean_tokens\":true}");
    Files.writeString(from.resolve("modules.json"), modules("Transformer", "Pooling"));
    Files.writeString(from.resolve("sentence_bert_config.json"), "{\"max_seq_length\":100}");
    ModelManifest manifest =
        ModelImport.create(ModelDirectory.at(from), target(), NumberFormat.FP32);
    assertThat(manifest.normalize()).isFalse();
    assertThat(manifest.maxTokens()).isEqualTo(100);
    Settings longer =
        Settings.read(Map.of("model", "x", "max-tokens", "101", "normalize", "false"));
    assertThatThrownBy(() -> EmbedderPlan.of(longer, ModelDirectory.at(target())))
        .hasMessage("Invalid max-tokens: 101 (model %s takes at most 100)".formatted(target()));
    Files.writeString(from.resolve("modules.json"), modules("Transformer", "Pooling", "Dense"));
    refused("its modules.json has a Dense (must be of [Transformer, Pooling, Normalize])");
    Files.writeString(from.resolve("modules.json"), "[{}]");
    refused("its modules.json has a module without type: {}");
    Files.delete(from.resolve("modules.json"));
    Files.writeString(pooling, "{\"pooling_mode_max_tokens\":true}");
    refused("its pooling is max (must be mean or cls)");
    Files.delete(pooling);
    Files.writeString(index, "{\"weight_map\":{\"x\":\"../secret.safetensors\"}}");
    refused("names the file '../secret.safetensors'");
    Files.writeString(index, "{\"weight_map\":{\"x\":\"model-2.safetensors\"}}");
    refused("its file model-2.safetensors is missing");
  }

  private static String modules(String... kinds) {
    List<String> paths = List.of("", "1_Pooling", "2_Other");
    List<String> modules = new ArrayList<>();
    for (String kind : kinds) {
      modules.add(
          "{\"type\":\"sentence_transformers.models.%s\",\"path\":\"%s\"}"
              .formatted(kind, paths.get(modules.size())));
    }
    return modules.toString();
  }

  private void refused(String message) {
    Path other = directory.resolve("refused");
    assertThatThrownBy(
            () ->
                ModelImport.create(
                    ModelDirectory.at(directory.resolve("from")), other, NumberFormat.FP32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot import")
        .hasMessageContaining(message);
    assertThat(other).doesNotExist();
    assertThat(directory.toFile().list((place, name) -> name.startsWith(".e5-import"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model_type\":\"bert\" | \"model_type\":\"xlm\" | model_type is \"xlm\" (must be \"bert\" or \"roberta\" or \"xlm-roberta\")",
        "\"hidden_act\":\"gelu\" | \"hidden_act\":\"relu\" | hidden_act is \"relu\" (must be \"gelu\")",
        "\"hidden_size\":32 | \"hidden_size\":-1 | hidden_size is -1 (must be a whole number from 1)",
        "\"num_attention_heads\":4 | \"num_attention_heads\":5 | hidden_size is not a multiple",
        "\"hidden_size\":32 | \"hidden_size\":36 | has shape [512, 32]",
        "\"num_hidden_layers\":2 | \"num_hidden_layers\":1 | its config.json has num_hidden_layers 1, but its weights have further layers",
        "\"num_hidden_layers\":2 | \"num_hidden_layers\":3 | encoder.layer.2.attention.self.query.weight is missing",
      })
  void wrongConfigurationIsNamed(String before, String after, String message) throws IOException {
    Path config = checkpoint().resolve("config.json");
    Files.writeString(config, Files.readString(config).replace(before, after));
    refused(message);
  }

  @Test
  void brokenWeightsAreNamed() throws IOException {
    Path weights = checkpoint().resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(whole, whole.length - 100));
    refused("lies outside of the file");
    Files.write(weights, java.util.Arrays.copyOf(whole, 3));
    refused("it has 3 bytes");
    header(weights, whole, Long.MAX_VALUE, "");
    refused("its header claims");
    header(weights, whole, 2, "{}");
    refused("is missing");
    String overlap =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}";
    header(weights, whole, overlap.length(), overlap);
    refused("tensors a and b overlap");
    header(weights, whole, 7, "not jso");
    refused("its header is not that of a safetensors file");
    String shapeless = "{\"a\":{\"dtype\":\"F32\",\"shape\":5,\"data_offsets\":[0]}}";
    header(weights, whole, shapeless.length(), shapeless);
    refused("its header is not that of a safetensors file");
    String negative = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-8,4]}}";
    header(weights, whole, negative.length(), negative);
    refused("tensor a lies outside of the file");
    Files.write(weights, whole);
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.seek(file.length() - 4);
      file.writeInt(Integer.reverseBytes(Float.floatToIntBits(Float.NaN)));
    }
    refused("holds NaN");
    Files.delete(weights);
    Files.writeString(directory.resolve("from/pytorch_model.bin"), "x");
    refused("its weights are in pytorch_model.bin");
    Files.delete(directory.resolve("from/tokenizer.json"));
    Files.write(weights, whole);
    refused("it has no tokenizer.json");
  }

  private static void header(Path weights, byte[] whole, long length, String json)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(whole.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(json.getBytes(StandardCharsets.UTF_8));
    Files.write(weights, bytes.array());
  }

  @Test
  void changedFilesAreRefusedByName() throws IOException {
    ModelImport.create(ModelDirectory.at(checkpoint()), target(), NumberFormat.FP32);
    assertThatThrownBy(
            () ->
                ModelImport.create(
                    ModelDirectory.at(directory.resolve("from")), target(), NumberFormat.FP32))
        .hasMessageContaining("it already exists");
    for (String name : List.of("model.onnx_data", "model.onnx", "tokenizer.json")) {
      byte[] whole = Files.readAllBytes(target().resolve(name));
      byte[] changed = whole.clone();
      changed[whole.length - 10] ^= 1;
      Files.write(target().resolve(name), changed);
      assertThatThrownBy(() -> verify(target()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasStackTraceContaining("its file " + name + " has changed");
      Files.write(target().resolve(name), whole);
    }
    Files.writeString(target().resolve(ModelManifest.FILE), "{}");
    assertThatThrownBy(() -> verify(target())).hasMessageContaining("e5-model.json is broken");
  }

  @Test
  void modelThatWasNotImportedCannotBeVerified() throws IOException {
    io.e5spark.onnx.ToyModel.in(directory);
    assertThatThrownBy(() -> verify(directory))
        .hasMessageContaining("it has no e5-model.json, so model import did not make it");
  }
}
