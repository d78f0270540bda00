package io.e5spark.embed;

import io.e5spark.config.Device;
import io.e5spark.config.Settings;
import io.e5spark.config.VectorSettings;
import io.e5spark.model.ModelCard;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelIdentity;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.Prompts;
import io.e5spark.model.TokenizerFile;
import io.e5spark.model.VectorRecipe;
import io.e5spark.onnx.Encoder;
import io.e5spark.onnx.ModelInspector;
import java.io.Serializable;
import java.util.Locale;

/**
 * Everything that an executor needs to load the embedder that the driver chose.
 *
 * @param settings complete, and checked against the model
 * @param model what the driver found
 */
public record EmbedderPlan(Settings settings, ModelIdentity model) implements Serializable {

  /**
   * Inspects the model and checks it; loads nothing that stays in memory.
   *
   * @throws IllegalArgumentException if the files are not an E5 model
   */
  public static EmbedderPlan of(Settings settings, ModelFiles files) {
    ModelManifest.of(files).ifPresent(manifest -> manifest.requireFits(settings));
    ModelIdentity model = ModelInspector.inspect(files);
    if (settings.vectors().prefix()) {
      ModelCard.warnOfAssumedPrompts(files);
    }
    return of(settings, model);
  }

  /**
   * Checks the settings against an inspected model.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public static EmbedderPlan of(Settings settings, ModelIdentity model) {
    return new EmbedderPlan(fitting(settings, model.location(), model.card()), model);
  }

  private static Settings fitting(Settings settings, String model, ModelCard card) {
    int named = settings.vectors().maxTokens();
    if (named > card.maxTokens()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid max-tokens: %d (model %s takes at most %d)",
              named,
              model,
              card.maxTokens()));
    }
    return settings
        .atMost(card.maxTokens())
        .forTask(task(settings.vectors(), model, card.prompts()));
  }

  private static String task(VectorSettings settings, String model, Prompts prompts) {
    boolean takesTask = settings.prefix() && prompts.takesTask();
    if (!takesTask && !settings.task().isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid task: %s (%s)"
              .formatted(
                  Prompts.quoted(settings.task()),
                  prompts.takesTask()
                      ? "must not be given where prefix is false"
                      : "model %s takes none".formatted(model)));
    }
    return takesTask && settings.task().isEmpty() ? Prompts.USUAL_TASK : settings.task();
  }

  /** Everything that decides a vector besides its text and input type. */
  public VectorRecipe recipe() {
    return new VectorRecipe(model, settings.vectors());
  }

  /** The SHA-256 over everything that decides a vector. */
  public String fingerprint() {
    return recipe().fingerprint();
  }

  /**
   * Loads the embedder, on the first GPU if it uses one.
   *
   * @throws IllegalArgumentException as {@link #open(ModelFiles, int)} does
   */
  public E5Embedder open(ModelFiles files) {
    return open(files, 0);
  }

  /**
   * Loads an embedder that is freed when it is closed.
   *
   * @param gpu the number of the GPU, if one is used
   * @throws IllegalArgumentException if the files are not those of the plan, or the device is not
   *     available
   */
  public E5Embedder open(ModelFiles files, int gpu) {
    TextTokenizer tokenizer = tokenizer(files);
    try {
      LoadedModel loaded = load(files, gpu);
      Runnable closing =
          () -> {
            try (tokenizer) {
              loaded.close();
            }
          };
      return new E5Embedder(settings, recipe().promptsForTask(), tokenizer, loaded, closing);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** Loads only the tokenizer. */
  TextTokenizer tokenizer(ModelFiles files) {
    TokenizerFile tokenizer = TokenizerFile.of(files);
    if (!tokenizer.sha256().equals(model.tokenizerSha256())) {
      throw new IllegalArgumentException(
          "Cannot open model %s: its tokenizer is not the one that the driver saw"
              .formatted(files.location()));
    }
    return TextTokenizer.of(tokenizer);
  }

  /** Loads only the model. */
  LoadedModel load(ModelFiles files, int gpu) {
    LoadedModel loaded = new LoadedModel(Encoder.open(files, model, settings, gpu));
    try {
      if (loaded.device() == Device.CUDA) {
        loaded.warmUp(TokenBudget.of(settings, Device.CUDA));
      }
      return loaded;
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }
}
