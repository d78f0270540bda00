package io.e5spark.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestCheckpoint {
  private static final String BIAS = "embeddings.LayerNorm.bias";

  @TempDir Path directory;

  @BeforeEach
  void setUp() throws IOException {
    new SyntheticCheckpoint(8, 1, 2, 40, 16, "F32", "bert.").in(directory);
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Checkpoint.open(directory).close())
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tensorIsReadWithAndWithoutThePrefix() throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(directory)) {
      assertThat(checkpoint.config().hidden()).isEqualTo(8);
      assertThat(checkpoint.read(BIAS, 8)).isEqualTo(checkpoint.read("bert." + BIAS, 8));
      assertThatThrownBy(() -> checkpoint.read("pooler.bias", 8))
          .hasMessage("its tensor pooler.bias is missing");
    }
  }

  @Test
  void namesOfRobertaAndOfOldFilesAreKnown() throws IOException {
    String norm = "embeddings.LayerNorm.weight";
    float[] weight;
    float[] bias;
    try (Checkpoint checkpoint = Checkpoint.open(directory)) {
      weight = checkpoint.read(norm, 8);
      bias = checkpoint.read(BIAS, 8);
    }
    new SyntheticCheckpoint(8, 1, 2, 40, 16, "F32", "roberta.").in(directory);
    rename("LayerNorm.weight\":", "LayerNorm.gamma\": ");
    rename("LayerNorm.bias\":", "LayerNorm.beta\":");
    try (Checkpoint checkpoint = Checkpoint.open(directory)) {
      assertThat(checkpoint.read(norm, 8)).isEqualTo(weight);
      assertThat(checkpoint.read(BIAS, 8)).isEqualTo(bias);
      assertThat(checkpoint.read("encoder.layer.0.output.dense.bias", 8)).hasSize(8);
    }
  }

  /** Renames a tensor to a name of the same length, so that the rest of the file stays in place. */
  private void rename(String before, String after) throws IOException {
    Path weights = directory.resolve("model.safetensors");
    String file = Files.readString(weights, StandardCharsets.ISO_8859_1);
    assertThat(after).hasSameSizeAs(before);
    assertThat(file).contains(before);
    Files.writeString(weights, file.replace(before, after), StandardCharsets.ISO_8859_1);
  }

  @Test
  void shapeThatDoesNotFitInMemoryIsRefused() throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(directory)) {
      assertThatThrownBy(() -> checkpoint.read(BIAS, 1 << 20, 1 << 20))
          .isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../model.safetensors", "/etc/passwd", "a/b.safetensors", "weights.bin"})
  void shardWithAPathIsRefused(String name) throws IOException {
    Files.delete(directory.resolve("model.safetensors"));
    Files.writeString(
        directory.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"a\":\"%s\"}}".formatted(name));
    refused("names the file '%s'".formatted(name));
  }

  @Test
  void indexWithoutItsFilesIsRefused() throws IOException {
    Files.delete(directory.resolve("model.safetensors"));
    Path index = directory.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\":{\"a\":\"part-1.safetensors\"}}");
    refused("its file part-1.safetensors is missing");
    Files.writeString(index, "{\"weight_map\":[]}");
    refused("has no weight_map");
  }

  @Test
  void pickledWeightsAreRefused() throws IOException {
    Files.delete(directory.resolve("model.safetensors"));
    refused("it has no model.safetensors and no model.onnx");
    Files.createFile(directory.resolve("pytorch_model.bin"));
    refused("its weights are in pytorch_model.bin, and reading that file runs code");
  }

  @Test
  void configurationIsNeeded() throws IOException {
    Files.writeString(directory.resolve("config.json"), "{");
    refused("its config.json is not JSON");
    Files.delete(directory.resolve("config.json"));
    refused("it has no config.json");
  }

  @Test
  void configurationThatIsNoTextIsAnErrorOfTheFile() throws IOException {
    Files.write(directory.resolve("config.json"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> Checkpoint.open(directory).close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot read checkpoint " + directory);
  }
}
