package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.DefaultModel;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that an imported model returns normalized vectors and raw vectors, whatever its graph does.
 */
class TestNormalizedImports {
  private static final List<String> TEXTS = List.of("a b c", "b", "c a a c b a");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"mean, true", "mean, false", "cls, true", "cls, false"})
  void vectorsOfBothKindsPointTheSameWay(String pooling, boolean normalizes) throws IOException {
    Path from =
        new SyntheticCheckpoint(SyntheticCheckpoint.Family.BERT, 96, 2, 4, 200, 512, "F32", "")
            .in(directory.resolve("from"));
    Files.createDirectories(from.resolve("1_Pooling"));
    Files.writeString(
        from.resolve("1_Pooling/config.json"), "{\"pooling_mode\":\"%s\"}".formatted(pooling));
    Files.writeString(from.resolve("modules.json"), modules(normalizes));
    Path model = directory.resolve("to");
    ModelManifest manifest = ModelImport.create(ModelDirectory.at(from), model, NumberFormat.FP32);
    assertThat(manifest.normalize()).isEqualTo(normalizes);
    List<float[]> raw = vectors(model, false);
    List<float[]> unit = vectors(model, true);
    for (int text = 0; text < TEXTS.size(); text++) {
      double norm = norm(raw.get(text));
      assertThat(norm).isNotCloseTo(1, within(0.01));
      for (int i = 0; i < 96; i++) {
        assertThat(unit.get(text)[i]).isCloseTo((float) (raw.get(text)[i] / norm), within(1e-6f));
      }
    }
  }

  private static String modules(boolean normalizes) {
    String module = "{\"type\":\"sentence_transformers.models.%s\",\"path\":\"%s\"}";
    String first =
        module.formatted("Transformer", "") + "," + module.formatted("Pooling", "1_Pooling");
    return "["
        + (normalizes ? first + "," + module.formatted("Normalize", "2_Normalize") : first)
        + "]";
  }

  private static List<float[]> vectors(Path model, boolean normalize) {
    Settings settings =
        Settings.read(Map.of("model", model.toString(), "normalize", Boolean.toString(normalize)));
    EmbedderPlan plan = EmbedderPlan.of(settings, ModelDirectory.at(model));
    try (E5Embedder embedder = plan.open(ModelDirectory.at(model))) {
      return DefaultModel.vectors(embedder, InputType.QUERY, TEXTS);
    }
  }

  private static double norm(float[] vector) {
    double squares = 0;
    for (float one : vector) {
      squares += one * one;
    }
    return Math.sqrt(squares);
  }
}
