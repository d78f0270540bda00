package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint.Family;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.Pooling;
import io.e5spark.onnx.OnnxSession;
import io.e5spark.onnx.Placement;
import io.e5spark.onnx.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares generated graphs of all kinds with the encoder's definition, alone and in a batch. */
class TestEveryEncoder {
  private static final int HIDDEN = 32;
  private static final int VOCABULARY = 120;
  private static final int LONGEST = 512;
  private static final int[] LENGTHS = {3, 4, 31, 130, LONGEST};

  @TempDir Path directory;

  static Stream<Arguments> kinds() {
    return Stream.of(Family.values())
        .flatMap(
            family ->
                Stream.of(Pooling.values())
                    .flatMap(
                        pooling ->
                            Stream.of("F32", "F16", "BF16")
                                .map(type -> Arguments.of(family, pooling, type))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void graphComputesWhatTheDefinitionSays(Family family, Pooling pooling, String type)
      throws IOException {
    int[][] texts = texts();
    try (CheckpointImport source = CheckpointImport.of(checkpoint(family, pooling, type), null)) {
      assertThat(source.maxTokens()).isEqualTo(LONGEST);
      source.writeGraph(directory);
      double[][] expected = source.reference(texts);
      try (OnnxSession session = OnnxSession.open(directory.resolve("model.onnx"), Placement.CPU)) {
        assertNear(run(session, texts), expected);
        for (int i = 0; i < texts.length; i++) {
          assertNear(run(session, texts[i]), expected[i]);
        }
      }
    }
  }

  private ModelDirectory checkpoint(Family family, Pooling pooling, String type)
      throws IOException {
    SyntheticCheckpoint shape =
        new SyntheticCheckpoint(family, HIDDEN, 2, 4, VOCABULARY, LONGEST, type, "");
    Path from = shape.in(directory.resolve("from"));
    Files.createDirectory(from.resolve("1_Pooling"));
    String mode = pooling == Pooling.CLS ? "cls_token" : "mean_tokens";
    Files.writeString(
        from.resolve("1_Pooling/config.json"), "{\"pooling_mode_%s\":true}".formatted(mode));
    return ModelDirectory.at(from);
  }

  /** Returns texts of random tokens, which include padding tokens. */
  private static int[][] texts() {
    Random random = new Random(5);
    return Arrays.stream(LENGTHS)
        .mapToObj(length -> random.ints(length, 0, VOCABULARY).toArray())
        .toArray(int[][]::new);
  }

  private static float[][] run(OnnxSession session, int[]... texts) {
    TokenBatch batch = new TokenBatch(HIDDEN, 1);
    batch.start(texts.length, Arrays.stream(texts).mapToInt(text -> text.length).max().orElse(0));
    for (int row = 0; row < texts.length; row++) {
      batch.put(row, texts[row]);
    }
    session.running(session.signature()).run(batch);
    return Stream.iterate(0, row -> row + 1)
        .limit(texts.length)
        .map(batch::vector)
        .toArray(float[][]::new);
  }

  private static void assertNear(float[][] actual, double[]... expected) {
    for (int text = 0; text < expected.length; text++) {
      double[] widened = new double[HIDDEN];
      for (int i = 0; i < HIDDEN; i++) {
        widened[i] = actual[text][i];
      }
      assertThat(widened).containsExactly(expected[text], within(1e-5));
    }
  }
}
