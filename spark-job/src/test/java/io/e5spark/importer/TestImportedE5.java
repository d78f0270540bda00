package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.DefaultModel;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.importer.checkpoint.PublishedCheckpoint;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares e5-small-v2, imported from its weights, with its definition and its ONNX export. */
class TestImportedE5 {
  @TempDir Path directory;

  @Test
  void equalsTheExport() throws Exception {
    Path model = directory.resolve("e5-small-v2");
    ModelImport.create(
        ModelDirectory.at(PublishedCheckpoint.in(directory.resolve("checkpoint"))),
        model,
        NumberFormat.FP32);
    Settings settings = Settings.read(Map.of("model", model.toString()));
    List<ModelVerification.Check> checks = ModelVerification.of(ModelDirectory.at(model), settings);
    assertThat(checks).allSatisfy(check -> assertThat(check.holds()).as(check.toString()).isTrue());
    assertThat(checks.get(1).worst()).isLessThan(1e-5);
    EmbedderPlan plan = EmbedderPlan.of(settings, ModelDirectory.at(model));
    List<String> texts = List.of("how much protein should a female eat", "summit define", "a");
    try (E5Embedder imported = plan.open(ModelDirectory.at(model));
        E5Embedder exported = DefaultModel.open(Map.of())) {
      List<float[]> actual = DefaultModel.vectors(imported, InputType.QUERY, texts);
      List<float[]> expected = DefaultModel.vectors(exported, InputType.QUERY, texts);
      for (int text = 0; text < texts.size(); text++) {
        assertThat(actual.get(text)).containsExactly(expected.get(text), within(1e-6f));
      }
    }
  }

  @Test
  void weightsOfTheExportAreThoseOfTheCheckpoint() throws Exception {
    Path checkpoint = PublishedCheckpoint.in(directory.resolve("checkpoint"));
    Path export = directory.resolve("e5-small-v2");
    Files.createDirectories(export.resolve("onnx"));
    for (String file : List.of("config.json", "tokenizer.json")) {
      Files.copy(checkpoint.resolve(file), export.resolve(file));
    }
    try (InputStream graph = BuiltInModel.E5_SMALL_V2.open("model.onnx")) {
      Files.copy(graph, export.resolve("onnx/model.onnx"));
    }
    assertThat(hashes(export, "of-export")).isEqualTo(hashes(checkpoint, "of-checkpoint"));
  }

  private Map<String, String> hashes(Path from, String to) {
    return ModelImport.create(ModelDirectory.at(from), directory.resolve(to), NumberFormat.FP32)
        .sha256();
  }

  @Test
  void integersComeNear() throws Exception {
    Path model = directory.resolve("e5-small-v2");
    ModelManifest manifest =
        ModelImport.create(
            ModelDirectory.at(PublishedCheckpoint.in(directory.resolve("checkpoint"))),
            model,
            NumberFormat.INT8);
    assertThat(manifest.loss().smallestCosine()).isGreaterThan(0.998);
    assertThat(manifest.loss().meanCosine()).isGreaterThan(0.999);
    Settings settings = Settings.read(Map.of("model", model.toString()));
    assertThat(ModelVerification.of(ModelDirectory.at(model), settings))
        .allSatisfy(check -> assertThat(check.holds()).as(check.toString()).isTrue());
  }
}
