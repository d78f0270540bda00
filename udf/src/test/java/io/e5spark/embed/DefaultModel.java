package io.e5spark.embed;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.model.BuiltInModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Opens the built-in model with the settings of a test. */
public final class DefaultModel {
  private DefaultModel() {}

  public static E5Embedder open(Map<String, String> settings) {
    return EmbedderPlan.of(Settings.read(settings), BuiltInModel.E5_SMALL_V2)
        .open(BuiltInModel.E5_SMALL_V2);
  }

  public static List<float[]> vectors(E5Embedder embedder, InputType type, List<String> texts) {
    List<float[]> vectors = new ArrayList<>();
    for (Embedding embedding : embedder.embed(texts, type, OnError.FAIL, (counter, amount) -> {})) {
      vectors.add(java.util.Objects.requireNonNull(embedding.vector()));
    }
    return vectors;
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
