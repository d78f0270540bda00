package io.e5spark.model;

import io.e5spark.config.VectorSettings;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/**
 * What a model demands of its users.
 *
 * @param pooling how the vectors of the tokens become one
 * @param prompts what goes in front of texts
 * @param maxTokens the longest input, including the special tokens
 */
public record ModelCard(Pooling pooling, Prompts prompts, int maxTokens) implements Serializable {
  /**
   * The card of E5 models of BERT's architecture, and of models that say nothing about themselves.
   */
  public static final ModelCard E5 =
      new ModelCard(Pooling.MEAN, Prompts.E5, VectorSettings.LONGEST);

  /** The models for which this process has warned that it assumes the prompts. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  /**
   * The card of a model: that of its manifest if it was imported; otherwise what the files beside
   * it, or the published model of its name, say; otherwise E5's.
   *
   * @throws IllegalArgumentException if it demands something that this library does not support
   */
  public static ModelCard of(ModelFiles files) {
    return ModelManifest.of(files)
        .map(ModelCard::imported)
        .orElseGet(() -> read(files, reader -> stated(reader, reader.pooling().value())));
  }

  /**
   * The card of a model whose graph is known. A graph that contains pooling decides that itself,
   * whatever the files say.
   *
   * @throws IllegalArgumentException if it demands something that this library does not support
   */
  public static ModelCard of(ModelFiles files, GraphSignature signature) {
    boolean itself = signature.pooled() && ModelManifest.of(files).isEmpty();
    return itself ? read(files, reader -> stated(reader, Pooling.MEAN)) : of(files);
  }

  /** The longest input of a model, including the special tokens. */
  public static int longestInput(ModelFiles files) {
    return ModelManifest.of(files)
        .map(manifest -> imported(manifest).maxTokens())
        .orElseGet(() -> read(files, reader -> reader.longestInput().value()));
  }

  private static ModelCard imported(ModelManifest manifest) {
    int maxTokens = Math.min(manifest.maxTokens(), VectorSettings.LONGEST);
    return new ModelCard(manifest.pooling(), manifest.prompts(), maxTokens);
  }

  private static ModelCard stated(CardReader reader, Pooling pooling) throws IOException {
    Prompts prompts = reader.prompts().map(said -> said.value()).orElse(Prompts.E5);
    reader.requirePooled(prompts);
    return new ModelCard(pooling, prompts, reader.longestInput().value());
  }

  /** Logs the prompts once if only this library chose them. */
  public static void warnOfAssumedPrompts(ModelFiles files) {
    boolean said =
        ModelManifest.of(files).isPresent() || read(files, reader -> reader.prompts().isPresent());
    if (!said && WARNED.add(files.location())) {
      LoggerFactory.getLogger(ModelCard.class)
          .warn(
              "Model {} names no prompts, so e5-spark uses E5's: '{}' and '{}' (prefix=off leaves them out; model import with --prompts, or --query-prompt and --passage-prompt, makes a model that names its own)",
              files.location(),
              Prompts.E5.query(),
              Prompts.E5.passage());
    }
  }

  private interface Reading<T> {
    T from(CardReader reader) throws IOException;
  }

  private static <T> T read(ModelFiles files, Reading<T> reading) {
    try {
      return reading.from(CardReader.of(files));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot use model %s: %s".formatted(files.location(), e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read model %s: %s".formatted(files.location(), e.getMessage()), e);
    }
  }
}
