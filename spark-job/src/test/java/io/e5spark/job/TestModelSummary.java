package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.ModelManifest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestModelSummary {
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
            Cost     170.0 MFLOP per token, plus attention
            File     model.onnx, 1,234 bytes, SHA-256 abc""");
  }

  @Test
  void lossOfAReducedFormatIsNamed() {
    assertThat(summary(new ModelManifest.Loss(220, 0.99987, 0.99996)).text())
        .contains(
            "\nLoss     cosine to fp32 at least 0.999870, mean 0.999960 over 220 sample texts\n");
  }
}
