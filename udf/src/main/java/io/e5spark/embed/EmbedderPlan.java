package io.e5spark.embed;

import io.e5spark.config.Device;
import io.e5spark.config.Settings;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelIdentity;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.TokenizerFile;
import io.e5spark.onnx.Encoder;
import io.e5spark.onnx.ModelInspector;
import java.io.Serializable;

/**
 * All that an executor needs to load the embedder that the driver chose.
 *
 * @param settings complete and checked
 * @param model what the driver found
 */
public record EmbedderPlan(Settings settings, ModelIdentity model) implements Serializable {

  /**
   * Looks at the model and checks it; loads nothing that stays.
   *
   * @throws IllegalArgumentException if the files are no E5 model
   */
  public static EmbedderPlan of(Settings settings, ModelFiles files) {
    ModelManifest.of(files).ifPresent(manifest -> manifest.requireFits(settings));
    return new EmbedderPlan(settings, ModelInspector.inspect(files));
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
   * Loads the embedder, on the first GPU if on any.
   *
   * @throws IllegalArgumentException as {@link #open(ModelFiles, int)} does
   */
  public E5Embedder open(ModelFiles files) {
    return open(files, 0);
  }

  /**
   * Loads the embedder.
   *
   * @param gpu number of the GPU, where one is used
   * @throws IllegalArgumentException if the files are not those of the plan, or the device cannot
   *     be had
   */
  public E5Embedder open(ModelFiles files, int gpu) {
    TokenizerFile tokenizer = TokenizerFile.of(files);
    if (!tokenizer.sha256().equals(model.tokenizerSha256())) {
      throw new IllegalArgumentException(
          "Cannot open model %s: its tokenizer is not the one that the driver saw"
              .formatted(files.location()));
    }
    E5Embedder embedder = embedder(tokenizer, Encoder.open(files, model, settings, gpu));
    try {
      if (embedder.device() == Device.CUDA) {
        embedder.warmUp();
      }
      return embedder;
    } catch (RuntimeException e) {
      embedder.close();
      throw e;
    }
  }

  private E5Embedder embedder(TokenizerFile tokenizer, Encoder encoder) {
    try {
      return new E5Embedder(settings, TextTokenizer.of(tokenizer, settings.maxTokens()), encoder);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }
}
