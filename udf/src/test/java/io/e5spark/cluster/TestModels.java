package io.e5spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import io.e5spark.embed.SharedEmbedders;
import io.e5spark.onnx.ToyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestModels {
  private static final long UNTIL_NOTICED = 1_200;

  @TempDir Path directory;

  /** Models need a session, because Spark's Hadoop configuration resolves their paths. */
  @BeforeAll
  static void startSpark() {
    SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
  }

  @AfterAll
  static void freeModels() {
    SharedEmbedders.closeAll();
  }

  private Settings settings() {
    return Settings.read(Map.of("model", directory.toString()));
  }

  private List<Embedding> embedRow(String text) {
    return Models.embedRow(
        settings(), InputType.QUERY, OnError.FAIL, Collections.singletonList(text));
  }

  @Test
  void modelThatWasMadeAnewIsNoticed() throws Exception {
    ToyModel.in(directory);
    EmbedderPlan before = Models.plan(settings());
    float[] vector = embedRow("w1 w2").get(0).vector();
    assertThat(Models.plan(settings())).isEqualTo(before);
    Files.writeString(directory.resolve("tokenizer.json"), ToyModel.tokenizer(10) + "  ");
    Thread.sleep(UNTIL_NOTICED);
    EmbedderPlan after = Models.plan(settings());
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(Arrays.equals(embedRow("w1 w2").get(0).vector(), vector)).isTrue();
  }

  @Test
  void inspectionNoticesAtOnce() throws Exception {
    ToyModel.in(directory);
    EmbedderPlan before = Models.inspect(settings());
    Files.writeString(directory.resolve("tokenizer.json"), ToyModel.tokenizer(10) + "   ");
    assertThat(Models.inspect(settings()).fingerprint()).isNotEqualTo(before.fingerprint());
  }

  @Test
  void rowsOfNullStayNull() throws Exception {
    ToyModel.in(directory);
    List<Embedding> embeddings =
        Models.embedRow(settings(), InputType.QUERY, OnError.FAIL, Arrays.asList(null, "w1"));
    assertThat(embeddings.get(0)).isNull();
    assertThat(embeddings.get(1).vector()).hasSize(4);
  }
}
