package io.e5spark.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunking;
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

/** The models that this JVM has looked at, and calls of theirs for single rows. */
public final class Models {
  private static final int MOST = 64;

  /** How long it may take until files that were made anew are noticed. */
  private static final Duration TRUSTED = Duration.ofSeconds(1);

  private static final Cache<LoadingSettings, Files> FILES =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(TRUSTED).build();
  private static final Cache<Look, ModelIdentity> LOOKS =
      Caffeine.newBuilder().maximumSize(MOST).build();

  /** Models that were not looked for, by name. */
  private static final Map<String, ModelIdentity> GIVEN = new ConcurrentHashMap<>();

  /** What Spark calls the driver among executors. */
  private static final String DRIVER = "driver";

  private Models() {}

  /** A model's files, and what changes when one of them does. */
  private record Files(ModelFiles files, String stamp) {
    static Files of(Settings settings) {
      ModelFiles files = ModelLocation.named(settings);
      return new Files(files, files.stamp());
    }
  }

  /** What was looked at: the same settings and the same files say the same. */
  private record Look(LoadingSettings loading, boolean normalize, String stamp) {}

  /**
   * Looks at the model that the settings name, now.
   *
   * @throws IllegalArgumentException if it is no E5 model
   */
  public static EmbedderPlan inspect(Settings settings) {
    FILES.invalidate(settings.loading());
    return plan(settings);
  }

  /**
   * What an earlier look at the same files found, or else a look now.
   *
   * @throws IllegalArgumentException if they are no E5 model
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

  /** What names the settings' model in any working directory, as a table may remember it. */
  public static String lastingName(Settings settings) {
    String name = settings.loading().model();
    return GIVEN.containsKey(name) ? name : ModelLocation.lasting(settings);
  }

  /** What the settings' model asks of whoever uses it, whether the settings fit or not. */
  public static ModelCard card(Settings settings) {
    ModelIdentity given = GIVEN.get(settings.loading().model());
    return given == null ? ModelCard.of(ModelLocation.named(settings)) : given.card();
  }

  /** What the settings' model computes, where that is known. */
  public static Optional<EncoderCost> cost(Settings settings) {
    return EncoderCost.of(ModelLocation.named(settings));
  }

  /** This JVM's embedder for a plan. */
  public static TextEmbedder embedder(EmbedderPlan plan) {
    if (plan.settings().loading().device() == Device.CUDA) {
      TaskGpu.require();
    }
    if (isExecutor()) {
      ProcessPolicy.endWhenDeviceIsLost();
    }
    return SharedEmbedders.get(plan, TaskGpu.number(), Models::files);
  }

  /** The same, loaded now and kept until it is closed, for programs that measure it. */
  public static E5Embedder lease(EmbedderPlan plan) {
    return SharedEmbedders.lease(plan, TaskGpu.number(), Models::files);
  }

  private static ModelFiles files(EmbedderPlan plan) {
    return ModelLocation.at(plan.model().location(), plan.settings());
  }

  /** Whether Spark replaces this process; in local mode the executor is in the driver's. */
  private static boolean isExecutor() {
    SparkEnv spark = SparkEnv.get();
    return spark != null && !spark.executorId().equals(DRIVER);
  }

  /** Lets these settings mean a model that is loaded already. */
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

  /** Number of tokens of a text before it is cut. */
  public static int countTokens(Settings settings, InputType type, String text) {
    return embedder(plan(settings)).countTokens(text, type);
  }

  /**
   * A text in chunks that the model takes whole.
   *
   * @throws IllegalArgumentException if the budget exceeds the model's longest input, or leaves no
   *     room
   */
  public static List<Chunk> chunks(
      Settings settings, Chunking chunking, InputType type, String title, String text) {
    EmbedderPlan plan = plan(settings);
    chunking.requireWithin(plan.settings().vectors().maxTokens());
    return embedder(plan).chunks(chunking, type, title, text);
  }
}
