package io.e5spark.embed;

import io.e5spark.config.Settings;
import io.e5spark.model.E5Model;
import io.e5spark.model.Encoder;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.TokenizerFile;
import java.io.Serializable;

/**
 * All that an executor needs to load the embedder that the driver chose.
 *
 * @param settings complete and checked
 * @param model what the driver found
 */
public record EmbedderPlan(Settings settings, E5Model model) implements Serializable {

  /**
   * Looks at the model and checks it; loads nothing that stays.
   *
   * @throws IllegalArgumentException if the files are no E5 model
   */
  public static EmbedderPlan of(Settings settings, ModelFiles files) {
    ModelManifest.of(files).ifPresent(manifest -> manifest.requireFits(settings));
    return new EmbedderPlan(settings, E5Model.inspect(files));
  }

  /** The same for all that share a loaded model, however they batch. */
  EmbedderPlan ofModel() {
    return new EmbedderPlan(settings.ofModel(), model);
  }

  /** SHA-256 over all that decides a vector. */
  public String fingerprint() {
    return model.fingerprint(settings);
  }

  /**
   * Loads the embedder.
   *
   * @throws IllegalArgumentException if the files are not those of the plan, or the device cannot
   *     be had
   */
  public E5Embedder open(ModelFiles files) {
    TokenizerFile tokenizer = TokenizerFile.of(files);
    if (!tokenizer.sha256().equals(model.tokenizerSha256())) {
      throw new IllegalArgumentException(
          "Cannot open model %s: its tokenizer is not the one that the driver saw"
              .formatted(files.location()));
    }
    Encoder encoder = Encoder.open(files, model, settings.device(), settings.normalize());
    try {
      return new E5Embedder(settings, TextTokenizer.of(tokenizer, settings.maxTokens()), encoder);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }
}
