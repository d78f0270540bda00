package io.e5spark.cluster;

import io.e5spark.config.Device;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import io.e5spark.embed.SharedEmbedders;
import io.e5spark.embed.TextEmbedder;
import io.e5spark.model.EncoderCost;
import io.e5spark.model.PublishedModel;
import io.e5spark.onnx.ProcessPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/** The models that this JVM has looked at, and calls of theirs for single rows. */
public final class Models {
  private static final Map<Settings, EmbedderPlan> PLANS = new ConcurrentHashMap<>();

  /** What Spark calls the driver among executors. */
  private static final String DRIVER = "driver";

  private Models() {}

  /**
   * Looks at the model that the settings name, now.
   *
   * @throws IllegalArgumentException if it is no E5 model
   */
  public static EmbedderPlan inspect(Settings settings) {
    EmbedderPlan plan = look(settings);
    PLANS.put(settings.ofModel(), plan);
    return plan;
  }

  /** What an earlier look found, or else a look now. */
  public static EmbedderPlan plan(Settings settings) {
    EmbedderPlan known = PLANS.computeIfAbsent(settings.ofModel(), Models::look);
    return new EmbedderPlan(settings, known.model());
  }

  private static EmbedderPlan look(Settings settings) {
    EmbedderPlan plan = EmbedderPlan.of(settings, HadoopModel.named(settings));
    PublishedModel.named(settings.model())
        .ifPresent(published -> published.requireDimension(plan.model().dimension()));
    return plan;
  }

  /** What the settings' model computes, where that is known. */
  public static Optional<EncoderCost> cost(Settings settings) {
    return EncoderCost.of(HadoopModel.named(settings));
  }

  /** This JVM's embedder for a plan. */
  public static TextEmbedder embedder(EmbedderPlan plan) {
    if (plan.settings().device() == Device.CUDA) {
      TaskGpu.require();
    }
    if (isExecutor()) {
      ProcessPolicy.endWhenDeviceIsLost();
    }
    return SharedEmbedders.get(
        plan,
        TaskGpu.number(),
        missing -> HadoopModel.at(missing.model().location(), missing.settings()));
  }

  /** Whether Spark replaces this process; in local mode the executor is in the driver's. */
  private static boolean isExecutor() {
    SparkEnv spark = SparkEnv.get();
    return spark != null && !spark.executorId().equals(DRIVER);
  }

  /** Lets these settings mean a model that is loaded already. */
  public static void put(EmbedderPlan plan, TextEmbedder embedder) {
    PLANS.put(plan.settings().ofModel(), plan);
    SharedEmbedders.put(plan, embedder);
  }

  /** Embeds the texts of one row; null for null. Equal texts of earlier rows come from a cache. */
  public static List<@Nullable Embedding> embedRow(
      Settings settings, InputType type, OnError onError, List<@Nullable String> texts) {
    EmbedderPlan plan = plan(settings);
    List<@Nullable Embedding> embeddings = new ArrayList<>();
    for (String text : texts) {
      embeddings.add(
          text == null
              ? null
              : LiteralCache.get(
                  plan.fingerprint() + " " + settings.truncate(),
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
}
