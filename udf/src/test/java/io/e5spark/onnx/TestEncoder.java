package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.config.Settings;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.ModelCard;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelIdentity;
import io.e5spark.model.Pooling;
import io.e5spark.model.Prompts;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares pooling and normalization in the graph with the same in plain Java. */
class TestEncoder {
  private static final int[][] TEXTS = {{2, 9, 10, 3}, {2, 3}, {2, 11, 3}};

  @TempDir Path directory;

  private Encoder open(boolean normalize) throws IOException {
    ToyModel.in(directory);
    ModelDirectory files = ModelDirectory.at(directory);
    return Encoder.open(files, ModelInspector.inspect(files), settings(normalize), 0);
  }

  private static Settings settings(boolean normalize) {
    return Settings.read(Map.of("normalize", String.valueOf(normalize)));
  }

  private static TokenBatch batch() {
    TokenBatch batch = new TokenBatch(ToyModel.DIMENSION, 0);
    batch.start(TEXTS.length, 4);
    for (int row = 0; row < TEXTS.length; row++) {
      batch.put(row, TEXTS[row]);
    }
    return batch;
  }

  private static float[] mean(int[] ids) {
    float[] mean = new float[ToyModel.DIMENSION];
    for (int id : ids) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += ToyModel.vector(id)[i] / ids.length;
      }
    }
    return mean;
  }

  @Test
  void meanIsOverRealTokensOnly() throws IOException {
    try (Encoder encoder = open(false)) {
      TokenBatch batch = batch();
      encoder.encode(batch);
      for (int row = 0; row < TEXTS.length; row++) {
        assertThat(batch.vector(row)).containsExactly(mean(TEXTS[row]), within(1e-6f));
      }
    }
  }

  @Test
  void normalizedVectorIsTheMeanOverItsLength() throws IOException {
    try (Encoder encoder = open(true)) {
      TokenBatch batch = batch();
      encoder.encode(batch);
      for (int row = 0; row < TEXTS.length; row++) {
        float[] expected = mean(TEXTS[row]);
        double squares = 0;
        for (float component : expected) {
          squares += component * component;
        }
        for (int i = 0; i < expected.length; i++) {
          expected[i] /= (float) Math.sqrt(squares);
        }
        assertThat(batch.vector(row)).containsExactly(expected, within(1e-6f));
      }
    }
  }

  @Test
  void firstTokenIsTheVectorWhereTheModelSaysSo() throws IOException {
    ToyModel.in(directory);
    ModelDirectory files = ModelDirectory.at(directory);
    ModelIdentity model = ModelInspector.inspect(files);
    ModelCard card = new ModelCard(Pooling.CLS, Prompts.NONE, 512);
    ModelIdentity cls =
        new ModelIdentity(
            model.location(),
            model.graphSha256(),
            model.tokenizerSha256(),
            model.paddingId(),
            model.signature(),
            card);
    try (Encoder encoder = Encoder.open(files, cls, settings(false), 0)) {
      TokenBatch batch = encoder.batch();
      batch.start(2, 3);
      batch.put(0, new int[] {9, 10, 3});
      batch.put(1, new int[] {11, 3});
      encoder.encode(batch);
      assertThat(batch.vector(0)).containsExactly(ToyModel.vector(9), within(1e-6f));
      assertThat(batch.vector(1)).containsExactly(ToyModel.vector(11), within(1e-6f));
    }
  }

  @Test
  void batchIsPaddedWithTheTokenizersOwnToken() throws IOException {
    ToyModel.in(directory);
    Path tokenizer = directory.resolve("tokenizer.json");
    String padding = "\"added_tokens\":[{\"id\":1,\"content\":\"<pad>\"}]";
    Files.writeString(
        tokenizer, Files.readString(tokenizer).replace("\"added_tokens\":[]", padding));
    ModelDirectory files = ModelDirectory.at(directory);
    try (Encoder encoder = Encoder.open(files, ModelInspector.inspect(files), settings(true), 0)) {
      TokenBatch batch = encoder.batch();
      batch.start(1, 3);
      batch.put(0, new int[] {9});
      assertThat(batch.input("input_ids")).isEqualTo(LongBuffer.wrap(new long[] {9, 1, 1}));
    }
  }

  @Test
  void batchIsUsedAgain() throws IOException {
    try (Encoder encoder = open(false)) {
      TokenBatch batch = batch();
      encoder.encode(batch);
      batch.start(1, 2);
      batch.put(0, new int[] {2, 3});
      encoder.encode(batch);
      assertThat(batch.vector(0)).containsExactly(mean(new int[] {2, 3}), within(1e-6f));
    }
  }

  @Test
  void failedCallSaysWhichBatch() throws IOException {
    try (Encoder encoder = open(true)) {
      TokenBatch batch = new TokenBatch(ToyModel.DIMENSION, 0);
      batch.start(1, 3);
      batch.put(0, new int[] {2, ToyModel.id(ToyModel.FAILING_WORD), 3});
      assertThatThrownBy(() -> encoder.encode(batch))
          .isInstanceOf(EmbeddingException.class)
          .hasMessageStartingWith("Cannot embed a batch of 1 × 3 tokens: ");
    }
  }

  @Test
  void closedModelRefusesCalls() throws IOException {
    Encoder encoder = open(true);
    encoder.close();
    encoder.close();
    assertThatThrownBy(() -> encoder.encode(batch())).isInstanceOf(IllegalStateException.class);
  }
}
