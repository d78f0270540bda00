package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import io.e5spark.model.Pooling;
import io.e5spark.model.Prompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestModelSummary {
  @TempDir Path directory;

  private static ModelSummary summary(ModelManifest.Loss loss) {
    return new ModelSummary(
        "/models/m",
        "m",
        768,
        12,
        12,
        30_522,
        512,
        "mean",
        true,
        new Prompts("Instruct: {task}\nQuery: ", ""),
        "fp16",
        loss,
        170_000_000,
        Map.of("model.onnx", 1_234L),
        Map.of("model.onnx", "abc"));
  }

  @Test
  void textSaysWhatTheModelIs() {
    assertThat(summary(null).text())
        .isEqualTo(
            """
            Model    m, 12 layers, 12 heads, dimension 768, fp16
            Input    at most 512 tokens of a vocabulary of 30,522
            Output   mean pooling, norm 1
            Prompts  query "Instruct: {task}\\nQuery: ", passage ""
            Cost     170.0 MFLOP per token, plus attention
            File     model.onnx, 1,234 bytes, SHA-256 abc""");
  }

  @Test
  void lossOfAReducedFormatIsNamed() {
    assertThat(summary(new ModelManifest.Loss(220, 0.99987, 0.99996)).text())
        .contains(
            "\nLoss     cosine to fp32 at least 0.999870, mean 0.999960 over 220 sample texts\n");
  }

  @Test
  void summaryIsOfTheFilesInTheDirectory() throws IOException {
    ModelManifest manifest =
        new ModelManifest(
            "m",
            "here",
            4,
            1,
            2,
            17,
            64,
            Pooling.MEAN,
            false,
            Prompts.E5,
            NumberFormat.INT8,
            null,
            1_000,
            Map.of("model.onnx", "abc", "tokenizer.json", "def"),
            Map.of(),
            List.of());
    Files.writeString(directory.resolve(ModelManifest.FILE), manifest.json());
    Files.writeString(directory.resolve("model.onnx"), "12345");
    Files.writeString(directory.resolve("tokenizer.json"), "{}");
    ModelSummary summary = ModelSummary.of(directory);
    assertThat(summary.directory()).isEqualTo(directory.toString());
    assertThat(summary.precision()).isEqualTo("int8");
    assertThat(summary.bytes()).isEqualTo(Map.of("model.onnx", 5L, "tokenizer.json", 2L));
    assertThat(summary.text())
        .contains("1 layers, 2 heads, dimension 4, int8")
        .contains("File     model.onnx, 5 bytes, SHA-256 abc")
        .contains("Output   mean pooling\n");
  }

  @Test
  void directoryWithoutAManifestIsRefused() {
    assertThatThrownBy(() -> ModelSummary.of(directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use model %s: it has no e5-model.json, so model import did not make it"
                .formatted(directory));
  }
}
