package io.e5spark.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.e5spark.config.Device;
import io.e5spark.config.InputType;
import io.e5spark.config.LoadingSettings;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.config.VectorSettings;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import io.e5spark.embed.SharedEmbedders;
import io.e5spark.embed.TextEmbedder;
import io.e5spark.model.EncoderCost;
import io.e5spark.model.ModelCard;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelIdentity;
import io.e5spark.model.PublishedModel;
import io.e5spark.onnx.ProcessPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/** The models that this JVM has inspected, and calls of them for single rows. */
public final class Models {
  private static final int MOST = 64;

  /** The longest time until changed files are noticed. */
  private static final Duration TRUSTED = Duration.ofSeconds(1);

  private static final Cache<LoadingSettings, Files> FILES =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(TRUSTED).build();
  private static final Cache<Look, ModelIdentity> LOOKS =
      Caffeine.newBuilder().maximumSize(MOST).build();

  /** The models that programs registered, by name. */
  private static final Map<String, ModelIdentity> GIVEN = new ConcurrentHashMap<>();

  /** Spark's name of the driver among the executors. */
  private static final String DRIVER = "driver";

  private Models() {}

  /** The files of a model, and a stamp that changes when one of them does. */
  private record Files(ModelFiles files, String stamp) {
    static Files of(Settings settings) {
      ModelFiles files = ModelLocation.named(settings);
      return new Files(files, files.stamp());
    }
  }

  /** What was inspected: equal settings and equal files give equal results. */
  private record Look(LoadingSettings loading, boolean normalize, String stamp) {}

  /**
   * Inspects the model that the settings name, now.
   *
   * @throws IllegalArgumentException if it is not an E5 model
   */
  public static EmbedderPlan inspect(Settings settings) {
    FILES.invalidate(settings.loading());
    return plan(settings);
  }

  /**
   * The result of an earlier inspection of the same files, or else of a new one.
   *
   * @throws IllegalArgumentException if they are not an E5 model
   */
  public static EmbedderPlan plan(Settings settings) {
    ModelIdentity given = GIVEN.get(settings.loading().model());
    if (given != null) {
      return EmbedderPlan.of(settings, given);
    }
    Files files = FILES.get(settings.loading(), missing -> Files.of(settings));
    Look look = new Look(settings.loading(), settings.vectors().normalize(), files.stamp);
    return EmbedderPlan.of(settings, LOOKS.get(look, missing -> look(settings, files.files)));
  }

  private static ModelIdentity look(Settings settings, ModelFiles files) {
    ModelIdentity model = EmbedderPlan.of(settings, files).model();
    PublishedModel.named(settings.loading().model())
        .ifPresent(published -> published.requireDimension(model.dimension()));
    return model;
  }

  /** What names the model of the settings in any working directory, as a table may remember it. */
  public static String lastingName(Settings settings) {
    String name = settings.loading().model();
    return GIVEN.containsKey(name) ? name : ModelLocation.lasting(settings);
  }

  /** What the model of the settings demands of its users, whether or not the settings fit it. */
  public static ModelCard card(Settings settings) {
    ModelIdentity given = GIVEN.get(settings.loading().model());
    return given == null ? ModelCard.of(ModelLocation.named(settings)) : given.card();
  }

  /** What the model of the settings computes, if that is known. */
  public static Optional<EncoderCost> cost(Settings settings) {
    return EncoderCost.of(ModelLocation.named(settings));
  }

  /** The embedder of this JVM for a plan. */
  public static TextEmbedder embedder(EmbedderPlan plan) {
    if (plan.settings().loading().device() == Device.CUDA) {
      TaskGpu.require();
    }
    if (isExecutor()) {
      ProcessPolicy.endWhenDeviceIsLost();
    }
    return SharedEmbedders.get(plan, gpu(plan), Models::files);
  }

  private static int gpu(EmbedderPlan plan) {
    return plan.settings().loading().device() == Device.CPU ? 0 : TaskGpu.number();
  }

  /** The embedder of a plan for calls that need only the tokenizer, which no GPU runs. */
  public static TextEmbedder tokenizing(EmbedderPlan plan) {
    return SharedEmbedders.get(plan, 0, Models::files);
  }

  /** An embedder that is loaded now and kept until it is closed, for programs that measure it. */
  public static E5Embedder lease(EmbedderPlan plan) {
    return SharedEmbedders.lease(plan, gpu(plan), Models::files);
  }

  private static ModelFiles files(EmbedderPlan plan) {
    return ModelLocation.at(plan.model().location(), plan.settings());
  }

  /**
   * Whether Spark replaces this process if it ends; in local mode, the executor is inside the
   * driver's process.
   */
  private static boolean isExecutor() {
    SparkEnv spark = SparkEnv.get();
    return spark != null && !spark.executorId().equals(DRIVER);
  }

  /** Makes these settings stand for a model that is already loaded. */
  public static void put(EmbedderPlan plan, TextEmbedder embedder) {
    GIVEN.put(plan.settings().loading().model(), plan.model());
    SharedEmbedders.put(plan, embedder);
  }

  /** Embeds the texts of one row; null for null. Equal texts of earlier rows come from a cache. */
  public static List<@Nullable Embedding> embedRow(
      Settings settings, InputType type, OnError onError, List<@Nullable String> texts) {
    EmbedderPlan plan = plan(settings);
    VectorSettings vectors = plan.settings().vectors();
    String recipe = plan.fingerprint() + " " + vectors.truncate() + " " + vectors.task();
    List<@Nullable Embedding> embeddings = new ArrayList<>();
    for (String text : texts) {
      embeddings.add(
          text == null
              ? null
              : LiteralCache.get(
                  recipe,
                  type,
                  text,
                  () ->
                      embedder(plan)
                          .embed(List.of(text), type, onError, ProcessCounters::add)
                          .get(0)));
    }
    return embeddings;
  }
}
