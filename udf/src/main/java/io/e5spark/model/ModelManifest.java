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
 * What an imported model's directory says of itself, in {@code e5-model.json}.
 *
 * @param name the model's usual name
 * @param source where it was imported from
 * @param dimension of its vectors
 * @param maxTokens longest input, special tokens included
 * @param pooling how token vectors become one
 * @param normalize whether its graph gives vectors of norm 1; with the setting {@code normalize}
 *     the other way, it is completed when it is loaded
 * @param prompts what goes in front of texts
 * @param precision of the large products
 * @param loss what that cost; null for fp32
 * @param operationsPerToken floating-point operations of the matrix products for one token
 * @param sha256 hashes of the files by name
 * @param versions of what made it
 * @param golden texts with what the encoder's definition gives for them
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
  /** The file's name. */
  public static final String FILE = "e5-model.json";

  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create();

  /**
   * How near vectors are to those in single precision, over texts that were not used to make the
   * model.
   *
   * @param texts number of texts
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
   * @param text with its prefix
   * @param ids its tokens
   */
  public record Golden(String text, List<Integer> ids, List<Double> vector) {}

  /**
   * Reads a model's manifest; empty if it has none, since it was not imported.
   *
   * @throws IllegalArgumentException if it is broken
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

  /** Manifests did not name prompts when all models were E5. */
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

  /** As it is written. */
  public String json() {
    return GSON.toJson(this) + "\n";
  }

  /**
   * Checks a file's hash.
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
