package io.e5spark.model;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.e5spark.config.Device;
import io.e5spark.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the directory of an imported model says about it, in {@code e5-model.json}.
 *
 * @param name the usual name of the model
 * @param source where it was imported from
 * @param dimension the dimension of its vectors
 * @param maxTokens the longest input, including the special tokens
 * @param pooling how the vectors of the tokens become one
 * @param normalize whether its graph gives vectors of norm 1; if the setting {@code normalize}
 *     differs, loading changes the graph
 * @param prompts what goes in front of texts
 * @param precision the number format of the large products
 * @param loss what that format cost; null for fp32
 * @param operationsPerToken the floating-point operations of the matrix products for one token
 * @param sha256 the hashes of the files, by name
 * @param versions the versions of the software that made it
 * @param golden texts with the vectors that the definition of the encoder gives for them
 */
public record ModelManifest(
    String name,
    String source,
    int dimension,
    int layers,
    int heads,
    int vocabulary,
    int maxTokens,
    Pooling pooling,
    boolean normalize,
    Prompts prompts,
    NumberFormat precision,
    @Nullable Loss loss,
    long operationsPerToken,
    Map<String, String> sha256,
    Map<String, String> versions,
    List<Golden> golden) {
  /** The name of the file. */
  public static final String FILE = "e5-model.json";

  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create();

  /**
   * How close vectors are to those in single precision, over texts that did not take part in making
   * the model.
   *
   * @param texts the number of texts
   */
  public record Loss(int texts, double smallestCosine, double meanCosine) {
    public static Loss of(double[] cosines) {
      DoubleSummaryStatistics all = Arrays.stream(cosines).summaryStatistics();
      return new Loss(cosines.length, all.getMin(), all.getAverage());
    }
  }

  /**
   * A text and its vector in double precision.
   *
   * @param text the text with its prefix
   * @param ids its tokens
   */
  public record Golden(String text, List<Integer> ids, List<Double> vector) {}

  /**
   * Reads the manifest of a model; empty if it was not imported and so has none.
   *
   * @throws IllegalArgumentException if the manifest is broken
   */
  public static Optional<ModelManifest> of(ModelFiles files) {
    try {
      if (!files.has(FILE)) {
        return Optional.empty();
      }
      try (InputStream in = files.open(FILE)) {
        String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return Optional.of(checked(GSON.fromJson(json, ModelManifest.class), files));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read model %s: %s".formatted(files.location(), e.getMessage()), e);
    } catch (JsonParseException e) {
      throw broken(files, e);
    }
  }

  @SuppressWarnings("ConstantValue")
  private static ModelManifest checked(ModelManifest manifest, ModelFiles files) {
    if (manifest == null
        || manifest.sha256 == null
        || manifest.golden == null
        || manifest.pooling == null
        || manifest.precision == null) {
      throw broken(files, null);
    }
    return manifest.prompts == null ? manifest.withPrompts(Prompts.E5) : manifest;
  }

  /** Manifests did not name prompts when all models were E5 models. */
  private ModelManifest withPrompts(Prompts others) {
    return new ModelManifest(
        name,
        source,
        dimension,
        layers,
        heads,
        vocabulary,
        maxTokens,
        pooling,
        normalize,
        others,
        precision,
        loss,
        operationsPerToken,
        sha256,
        versions,
        golden);
  }

  private static IllegalArgumentException broken(ModelFiles files, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "Cannot use model %s: its %s is broken".formatted(files.location(), FILE), cause);
  }

  /** The manifest as it is written. */
  public String json() {
    return GSON.toJson(this) + "\n";
  }

  /**
   * Checks the hash of a file.
   *
   * @throws IllegalArgumentException if the file has changed since the import
   */
  public void requireSame(String file, String actual, ModelFiles files) {
    String expected = sha256.get(file);
    if (!actual.equals(expected)) {
      throw new IllegalArgumentException(
          "Cannot use model %s: its file %s has changed (SHA-256 %s, expected %s)"
              .formatted(files.location(), file, actual, expected));
    }
  }

  /**
   * Checks that the model runs on the device.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void requireFits(Settings settings) {
    if (precision == NumberFormat.INT8 && settings.loading().device() == Device.CUDA) {
      throw new IllegalArgumentException(
          "Invalid device: cuda (model %s is int8, which runs on the CPU)".formatted(name));
    }
  }
}
