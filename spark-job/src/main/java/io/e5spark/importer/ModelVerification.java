package io.e5spark.importer;

import io.e5spark.config.Settings;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Verifies that an imported model computes what its checkpoint defines. */
public final class ModelVerification {
  private static final double EXACT = 0;
  private static final double NORM = 1e-5;

  private final E5Embedder embedder;
  private final ModelManifest manifest;
  private final List<String> texts;

  private ModelVerification(E5Embedder embedder, ModelManifest manifest) {
    this.embedder = embedder;
    this.manifest = manifest;
    this.texts = manifest.golden().stream().map(ModelManifest.Golden::text).toList();
  }

  /**
   * One comparison.
   *
   * @param what the compared values
   * @param worst the largest difference of a component
   * @param tolerance the largest difference that is allowed
   */
  public record Check(String what, double worst, double tolerance) {
    /** Whether it is within the tolerance. */
    public boolean holds() {
      return worst <= tolerance;
    }
  }

  /**
   * Computes the golden texts of the model on this machine and compares the results.
   *
   * @throws IllegalArgumentException if the model was not imported or has changed since
   */
  public static List<Check> of(ModelFiles files, Settings settings) {
    ModelManifest manifest =
        ModelManifest.of(files)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot verify model %s: it has no %s, so model import did not make it"
                            .formatted(files.location(), ModelManifest.FILE)));
    try (E5Embedder embedder = EmbedderPlan.of(settings, files).open(files)) {
      return new ModelVerification(embedder, manifest).checks();
    }
  }

  private List<Check> checks() {
    NumberFormat precision = manifest.precision();
    List<float[]> alone = new ArrayList<>();
    for (String text : texts) {
      alone.add(vectors(List.of(text)).get(0));
    }
    List<float[]> together = vectors(texts);
    return List.of(
        new Check("tokens that differ", wrongTokens(), EXACT),
        new Check("golden vectors", worst(alone, this::golden), precision.tolerance()),
        new Check("in a batch, padded", worst(together, i -> alone.get(i)), precision.noise()),
        new Check("norm", manifest.normalize() ? worstNorm(alone) : 0, NORM));
  }

  private long wrongTokens() {
    List<int[]> tokens = embedder.tokensAsIs(texts);
    return IntStream.range(0, tokens.size())
        .filter(
            i ->
                !IntStream.of(tokens.get(i))
                    .boxed()
                    .toList()
                    .equals(manifest.golden().get(i).ids()))
        .count();
  }

  private List<float[]> vectors(List<String> texts) {
    return embedder.embedAsIs(texts);
  }

  private float[] golden(int text) {
    List<Double> vector = manifest.golden().get(text).vector();
    float[] floats = new float[vector.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = vector.get(i).floatValue();
    }
    return floats;
  }

  private static double worst(List<float[]> vectors, IntFunction<float[]> expected) {
    double worst = 0;
    for (int text = 0; text < vectors.size(); text++) {
      float[] actual = vectors.get(text);
      float[] wanted = expected.apply(text);
      for (int i = 0; i < wanted.length; i++) {
        worst = Math.max(worst, Math.abs(actual[i] - wanted[i]));
      }
    }
    return worst;
  }

  private static double worstNorm(List<float[]> vectors) {
    double worst = 0;
    for (float[] vector : vectors) {
      double square = 0;
      for (float component : vector) {
        square += (double) component * component;
      }
      worst = Math.max(worst, Math.abs(Math.sqrt(square) - 1));
    }
    return worst;
  }
}
