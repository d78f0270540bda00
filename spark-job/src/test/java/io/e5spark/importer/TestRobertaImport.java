package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.Settings;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint.Family;
import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import io.e5spark.onnx.ModelInspector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests an XLM-R with its Unigram tokenizer, from the checkpoint to the vectors. */
class TestRobertaImport {
  @TempDir Path directory;
  private Path from;

  @BeforeEach
  void setUp() throws IOException {
    from =
        new SyntheticCheckpoint(Family.XLM_R, 96, 2, 4, 200, 512, "F16", "roberta.")
            .in(directory.resolve("from"));
  }

  private Path imported(NumberFormat precision, GraphLayout layout) {
    Path model = directory.resolve("to");
    ModelImport.create(ModelDirectory.at(from), model, precision, layout);
    return model;
  }

  @ParameterizedTest
  @EnumSource(NumberFormat.class)
  void computesWhatTheDefinitionSays(NumberFormat precision) {
    Path model = imported(precision, GraphLayout.PADDED);
    Settings settings = Settings.read(Map.of("model", model.toString()));
    assertThat(ModelVerification.of(ModelDirectory.at(model), settings))
        .allSatisfy(check -> assertThat(check.holds()).as(check.toString()).isTrue());
    ModelManifest manifest = ModelManifest.of(ModelDirectory.at(model)).orElseThrow();
    assertThat(manifest.maxTokens()).isEqualTo(512);
    assertThat(manifest.golden().get(0).ids()).startsWith(0).endsWith(2).doesNotContain(1);
  }

  @Test
  void shorterTextsOfABatchArePaddedWithItsPad() {
    Path model = imported(NumberFormat.FP32, GraphLayout.PADDED);
    assertThat(ModelInspector.inspect(ModelDirectory.at(model)).paddingId()).isEqualTo(1);
  }

  @Test
  void packedGraphIsMadeOfTheSameWeights() {
    Path model = imported(NumberFormat.FP16, GraphLayout.PACKED);
    assertThat(model.resolve("model.packed.onnx")).isRegularFile();
  }
}
