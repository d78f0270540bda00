package io.e5spark.embed;

import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunking;
import io.e5spark.config.Device;
import io.e5spark.config.InputType;
import io.e5spark.config.ModelThread;
import io.e5spark.config.OnError;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.Pooling;
import io.e5spark.model.Prompts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The models of this JVM, which are loaded on their first use and shared by all tasks: one session
 * per graph, device, GPU and arithmetic, and one tokenizer per tokenizer file. Budgets, prefix and
 * truncation belong to a single use. When there are too many sessions, those that were unused for
 * longest are freed.
 */
public final class SharedEmbedders {
  private static final int MOST_SESSIONS = 16;
  private static final int MOST_TOKENIZERS = 16;

  private static final Shared<Session, LoadedModel> SESSIONS =
      new Shared<>(MOST_SESSIONS, LoadedModel::close);
  private static final Shared<String, TextTokenizer> TOKENIZERS =
      new Shared<>(MOST_TOKENIZERS, TextTokenizer::close);

  /** Embedders that were loaded elsewhere, by the hash of their graph. */
  private static final Map<String, TextEmbedder> GIVEN = new ConcurrentHashMap<>();

  private SharedEmbedders() {}

  /** What uses share a session by. */
  private record Session(
      String graphSha256,
      Pooling pooling,
      boolean normalize,
      Device device,
      ModelThread thread,
      int gpu,
      boolean arm64Bfloat16) {
    static Session of(EmbedderPlan plan, int gpu) {
      Device device = plan.settings().loading().device();
      return new Session(
          plan.model().graphSha256(),
          plan.model().card().pooling(),
          plan.settings().vectors().normalize(),
          device,
          plan.settings().loading().deviceThread(),
          device == Device.CPU ? 0 : gpu,
          plan.settings().vectors().arm64Bfloat16());
    }
  }

  /**
   * The embedder of a plan. Each of its calls loads what is not loaded, while others wait.
   *
   * @param gpu the number of the GPU, if one is used
   * @param files finds the files of the model on this machine
   */
  public static TextEmbedder get(
      EmbedderPlan plan, int gpu, Function<EmbedderPlan, ModelFiles> files) {
    TextEmbedder given = GIVEN.get(plan.model().graphSha256());
    return given == null ? new SharedEmbedder(plan, gpu, files) : given;
  }

  /**
   * An embedder that is loaded now and kept until it is closed.
   *
   * @throws IllegalArgumentException if the files are not those of the plan, or the device is not
   *     available
   */
  public static E5Embedder lease(
      EmbedderPlan plan, int gpu, Function<EmbedderPlan, ModelFiles> files) {
    Shared.Held<TextTokenizer> tokenizer = tokenizer(plan, files);
    try {
      Shared.Held<LoadedModel> model =
          SESSIONS.take(Session.of(plan, gpu), () -> plan.load(files.apply(plan), gpu));
      Runnable release =
          () -> {
            model.release();
            tokenizer.release();
          };
      return new E5Embedder(
          plan.settings(),
          plan.recipe().promptsForTask(),
          tokenizer.thing(),
          model.thing(),
          release);
    } catch (RuntimeException | Error e) {
      tokenizer.release();
      throw e;
    }
  }

  private static Shared.Held<TextTokenizer> tokenizer(
      EmbedderPlan plan, Function<EmbedderPlan, ModelFiles> files) {
    return TOKENIZERS.take(plan.model().tokenizerSha256(), () -> plan.tokenizer(files.apply(plan)));
  }

  /** Gives all plans of this model an embedder that is already loaded. */
  public static void put(EmbedderPlan plan, TextEmbedder embedder) {
    GIVEN.put(plan.model().graphSha256(), embedder);
  }

  /** Frees all models, each after the calls that use it. */
  public static void closeAll() {
    SESSIONS.closeAll();
    TOKENIZERS.closeAll();
  }

  /** An embedder that holds its model only during its calls. */
  private record SharedEmbedder(
      EmbedderPlan plan, int gpu, Function<EmbedderPlan, ModelFiles> files)
      implements TextEmbedder {
    @Override
    public List<Embedding> embed(
        List<String> texts, InputType type, OnError onError, EmbeddingListener listener) {
      try (E5Embedder embedder = lease(plan, gpu, files)) {
        return embedder.embed(texts, type, onError, listener);
      }
    }

    @Override
    public int countTokens(String text, InputType type) {
      return tokens(tokens -> tokens.count(type, text));
    }

    @Override
    public List<Chunk> chunks(Chunking chunking, InputType type, String title, String text) {
      return tokens(tokens -> tokens.chunks(chunking, type, title, text));
    }

    /** Calls that need only the tokenizer do not load the model. */
    private <T> T tokens(Function<PromptedTokens, T> count) {
      Shared.Held<TextTokenizer> tokenizer = tokenizer(plan, files);
      try {
        Prompts prompts = plan.recipe().promptsForTask();
        return count.apply(new PromptedTokens(tokenizer.thing(), prompts));
      } finally {
        tokenizer.release();
      }
    }

    @Override
    public int dimension() {
      return plan.model().dimension();
    }

    /** Frees nothing, because it holds nothing between its calls. */
    @Override
    public void close() {}
  }
}
