package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestModelManifest {
  @TempDir Path directory;

  private static ModelManifest manifest(NumberFormat precision) {
    return new ModelManifest(
        "e5-toy",
        "s3a://models/<toy>",
        4,
        2,
        2,
        40,
        64,
        Pooling.MEAN,
        true,
        Prompts.E5,
        precision,
        ModelManifest.Loss.of(new double[] {0.5, 1}),
        1_000,
        Map.of("model.onnx", "aa"),
        Map.of("java", "17"),
        List.of(new ModelManifest.Golden("query: salt", List.of(2, 3), List.of(0.5, 0.5))));
  }

  private void write(String json) throws IOException {
    Files.writeString(directory.resolve(ModelManifest.FILE), json);
  }

  private ModelManifest read() {
    return ModelManifest.of(ModelDirectory.at(directory)).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(NumberFormat precision) throws IOException {
    write(manifest(precision).json());
    assertThat(read()).isEqualTo(manifest(precision));
  }

  @Test
  void formatIsWrittenByItsName() {
    assertThat(manifest(NumberFormat.INT8).json())
        .contains("\"precision\": \"int8\"", "\"max_tokens\": 64", "s3a://models/<toy>")
        .endsWith("}\n");
  }

  @Test
  void directoryWithoutManifestHasNone() {
    assertThat(ModelManifest.of(ModelDirectory.at(directory))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"sha256\":{},\"golden\":[],\"precision\":\"fp64\"}",
        "{\"sha256\":{},\"precision\":\"fp32\"}",
        "{\"sha256\":3,\"golden\":[],\"precision\":\"fp32\"}",
        "{\"sha256\":{},\"golden\":[],\"precision\":\"fp32\",\"dimension\":1e99}"
      })
  void brokenManifestIsRefused(String json) throws IOException {
    write(json);
    assertThatThrownBy(this::read)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use model %s: its e5-model.json is broken".formatted(directory));
  }

  @Test
  void changedFileIsRefused() {
    ModelDirectory files = ModelDirectory.at(directory);
    manifest(NumberFormat.FP32).requireSame("model.onnx", "aa", files);
    assertThatThrownBy(() -> manifest(NumberFormat.FP32).requireSame("model.onnx", "bb", files))
        .hasMessageContaining("its file model.onnx has changed (SHA-256 bb, expected aa)");
    assertThatThrownBy(() -> manifest(NumberFormat.FP32).requireSame("other", "aa", files))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settingsThatDoNotFitAreRefused() {
    ModelManifest model = manifest(NumberFormat.INT8);
    model.requireFits(Settings.read(Map.of()));
    assertThatThrownBy(
            () -> model.requireFits(Settings.read(Map.of("max-tokens", "64", "device", "cuda"))))
        .hasMessage("Invalid device: cuda (model e5-toy is int8, which runs on the CPU)");
  }

  @Test
  void lossIsTheLeastAndTheMean() {
    assertThat(ModelManifest.Loss.of(new double[] {0.5, 1}))
        .isEqualTo(new ModelManifest.Loss(2, 0.5, 0.75));
    assertThat(ModelManifest.Loss.of(new double[] {1, Double.NaN}).smallestCosine()).isNaN();
  }
}
