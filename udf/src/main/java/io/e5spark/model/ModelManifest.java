package io.e5spark.model;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an imported model's directory says of itself, in {@code e5-model.json}.
 *
 * @param name the model's usual name
 * @param source where it was imported from
 * @param dimension length of a vector
 * @param maxTokens longest input, special tokens included
 * @param pooling always {@code mean}
 * @param normalize whether vectors have norm 1
 * @param precision of the weights, {@code fp32}
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
    String pooling,
    boolean normalize,
    String precision,
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
    if (manifest == null || manifest.sha256 == null || manifest.golden == null) {
      throw broken(files, null);
    }
    return manifest;
  }

  private static IllegalArgumentException broken(
      ModelFiles files, @org.jspecify.annotations.Nullable Exception cause) {
    return new IllegalArgumentException(
        "Cannot use model %s: its %s is broken".formatted(files.location(), FILE), cause);
  }

  /** As it is written. */
  String json() {
    return GSON.toJson(this) + "\n";
  }

  /**
   * Checks a file's hash.
   *
   * @throws IllegalArgumentException if the file has changed since the import
   */
  void requireSame(String file, String actual, ModelFiles files) {
    String expected = sha256.get(file);
    if (!actual.equals(expected)) {
      throw new IllegalArgumentException(
          "Cannot use model %s: its file %s has changed (SHA-256 %s, expected %s)"
              .formatted(files.location(), file, actual, expected));
    }
  }

  /**
   * Checks that the model takes such long inputs and gives such vectors.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void requireFits(int wanted, boolean normalized) {
    if (wanted > maxTokens) {
      throw new IllegalArgumentException(
          "Invalid max-tokens: %d (model %s takes at most %d)".formatted(wanted, name, maxTokens));
    }
    if (normalized != normalize) {
      throw new IllegalArgumentException(
          "Invalid normalize: %s (model %s was imported with %s)"
              .formatted(normalized, name, normalize));
    }
  }
}
