package io.e5spark.model;

import io.e5spark.config.VectorSettings;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/**
 * What a model asks of whoever uses it.
 *
 * @param pooling how token vectors become one
 * @param prompts what goes in front of texts
 * @param maxTokens longest input, special tokens included
 */
public record ModelCard(Pooling pooling, Prompts prompts, int maxTokens) implements Serializable {
  /** That of E5 models of BERT's architecture, and of models that say nothing. */
  public static final ModelCard E5 =
      new ModelCard(Pooling.MEAN, Prompts.E5, VectorSettings.LONGEST);

  /** Models whose prompts were assumed with a warning. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  /**
   * The card of a model: its manifest's where it was imported; else what the files beside it say,
   * the published model of its name, or E5's.
   *
   * @throws IllegalArgumentException if it asks for what is not served
   */
  public static ModelCard of(ModelFiles files) {
    return ModelManifest.of(files)
        .map(ModelCard::imported)
        .orElseGet(() -> read(files, reader -> stated(reader, reader.pooling().value())));
  }

  /**
   * The same where the graph is known. One that pools itself does so whatever the files say.
   *
   * @throws IllegalArgumentException if it asks for what is not served
   */
  public static ModelCard of(ModelFiles files, GraphSignature signature) {
    boolean itself = signature.pooled() && ModelManifest.of(files).isEmpty();
    return itself ? read(files, reader -> stated(reader, Pooling.MEAN)) : of(files);
  }

  /** The longest input of a model, special tokens included. */
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

  /** Says which prompts are used, once, where nothing but this library chose them. */
  public static void warnOfAssumedPrompts(ModelFiles files) {
    boolean said =
        ModelManifest.of(files).isPresent() || read(files, reader -> reader.prompts().isPresent());
    if (!said && WARNED.add(files.location())) {
      LoggerFactory.getLogger(ModelCard.class)
          .warn(
              "Model {} names no prompts, so that E5's are used: '{}' and '{}' (prefix=off leaves them out; model import with --prompts, or --query-prompt and --passage-prompt, makes a model that names its own)",
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
