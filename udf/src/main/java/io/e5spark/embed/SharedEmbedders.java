package io.e5spark.embed;

import io.e5spark.model.ModelFiles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The embedders of this JVM: one a model with its settings, loaded on first use and shared by all
 * its tasks.
 */
public final class SharedEmbedders {
  private static final Map<EmbedderPlan, TextEmbedder> EMBEDDERS = new ConcurrentHashMap<>();

  private SharedEmbedders() {}

  /**
   * The embedder of a plan; the first call loads it while others wait.
   *
   * @param files finds the model's files on this machine
   */
  public static TextEmbedder get(EmbedderPlan plan, Function<EmbedderPlan, ModelFiles> files) {
    return EMBEDDERS.computeIfAbsent(plan.ofModel(), missing -> missing.open(files.apply(missing)));
  }

  /** Lets all plans of this model share an embedder that is loaded already. */
  public static void put(EmbedderPlan plan, TextEmbedder embedder) {
    EMBEDDERS.put(plan.ofModel(), embedder);
  }

  /** Closes all embedders, each after the model calls that it is in. */
  public static void closeAll() {
    EMBEDDERS.values().forEach(TextEmbedder::close);
    EMBEDDERS.clear();
  }
}
