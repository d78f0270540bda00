package io.e5spark.embed;

import io.e5spark.config.Device;
import io.e5spark.model.ModelFiles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The embedders of this JVM: one a model with its settings and a GPU, loaded on first use and
 * shared by all its tasks.
 */
public final class SharedEmbedders {
  private static final Map<Loaded, TextEmbedder> EMBEDDERS = new ConcurrentHashMap<>();

  private SharedEmbedders() {}

  /** What tasks share an embedder by. */
  private record Loaded(EmbedderPlan plan, int gpu) {
    static Loaded of(EmbedderPlan plan, int gpu) {
      boolean onCpu = plan.settings().device() == Device.CPU;
      return new Loaded(plan.ofModel(), onCpu ? 0 : gpu);
    }
  }

  /**
   * The embedder of a plan; the first call loads it while others wait.
   *
   * @param gpu number of the GPU, where one is used
   * @param files finds the model's files on this machine
   */
  public static TextEmbedder get(
      EmbedderPlan plan, int gpu, Function<EmbedderPlan, ModelFiles> files) {
    return EMBEDDERS.computeIfAbsent(
        Loaded.of(plan, gpu), missing -> missing.plan.open(files.apply(missing.plan), missing.gpu));
  }

  /** Lets all plans of this model share an embedder that is loaded already. */
  public static void put(EmbedderPlan plan, TextEmbedder embedder) {
    EMBEDDERS.put(Loaded.of(plan, 0), embedder);
  }

  /** Closes all embedders, each after the model calls that it is in. */
  public static void closeAll() {
    EMBEDDERS.values().forEach(TextEmbedder::close);
    EMBEDDERS.clear();
  }
}
