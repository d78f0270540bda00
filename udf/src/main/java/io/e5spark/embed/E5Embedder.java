package io.e5spark.embed;

import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunking;
import io.e5spark.config.Device;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.config.Truncation;
import io.e5spark.config.VectorSettings;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.Prompts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;

/**
 * A model and its tokenizer with the settings of one use: it adds the prefix, tokenizes, cuts into
 * batches, runs the model and restores the order.
 */
public final class E5Embedder implements TextEmbedder {
  private static final EmbeddingListener NOBODY = (counter, amount) -> {};

  private final VectorSettings settings;
  private final Prompts prompts;
  private final TextTokenizer tokenizer;
  private final LoadedModel model;
  private final TokenBudget budget;
  private final Runnable whenClosed;

  /**
   * Combines them.
   *
   * @param settings must name a longest input
   * @param prompts go in front of texts
   * @param whenClosed closes the tokenizer and the model, or returns them
   */
  public E5Embedder(
      Settings settings,
      Prompts prompts,
      TextTokenizer tokenizer,
      LoadedModel model,
      Runnable whenClosed) {
    this.settings = settings.vectors();
    this.prompts = prompts;
    this.tokenizer = tokenizer;
    this.model = model;
    this.budget = TokenBudget.of(settings, model.device());
    this.whenClosed = whenClosed;
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  /** The device that runs the model; never {@link Device#AUTO}. */
  public Device device() {
    return model.device();
  }

  @Override
  public int countTokens(String text, InputType type) {
    return new PromptedTokens(tokenizer, prompts).count(type, text);
  }

  @Override
  public List<Chunk> chunks(Chunking chunking, InputType type, String title, String text) {
    return new PromptedTokens(tokenizer, prompts).chunks(chunking, type, title, text);
  }

  @Override
  public List<Embedding> embed(
      List<String> texts, InputType type, OnError onError, EmbeddingListener listener) {
    listener.count(device() == Device.CUDA ? Counter.GPU_WINDOWS : Counter.CPU_WINDOWS, 1);
    if (settings.truncate() == Truncation.CUT) {
      return embed(tokenize(texts, prefix(type), listener), onError, listener);
    }
    SplitTexts split = split(texts, type, onError, listener);
    List<Embedding> embeddings = embed(split.all(), onError, listener);
    return split.joined(embeddings, settings.normalize());
  }

  /** One embedding per tokenized text. */
  List<Embedding> embed(TokenizedText[] texts, OnError onError, EmbeddingListener listener) {
    Batches batches = plan(texts);
    try (BatchRun run = new BatchRun(model, batches, onError, settings.normalize(), listener)) {
      run.run(batches.queue());
      return run.embeddings();
    }
  }

  private SplitTexts split(
      List<String> texts, InputType type, OnError onError, EmbeddingListener listener) {
    SplitTexts split = new SplitTexts();
    if (settings.truncate() == Truncation.WINDOW) {
      long start = System.nanoTime();
      texts.forEach(text -> addSegments(split, text, type, onError));
      count(split.all(), texts.size(), System.nanoTime() - start, listener);
      return split;
    }
    for (TokenizedText text : tokenize(texts, prefix(type), listener)) {
      if (text.truncated() && onError == OnError.FAIL) {
        throw new EmbeddingException(tooLong());
      }
      if (text.truncated()) {
        split.fail(tooLong());
      } else {
        split.add(text);
      }
    }
    return split;
  }

  private void addSegments(SplitTexts split, String text, InputType type, OnError onError) {
    try {
      split.add(segments(text, type));
    } catch (EmbeddingException e) {
      if (onError == OnError.FAIL) {
        throw e;
      }
      split.fail(String.valueOf(e.getMessage()));
    }
  }

  /** A text in as many inputs of the model as it needs. */
  TokenizedText[] segments(String text, InputType type) {
    return tokenizer.segments(prefix(type), text, settings.maxTokens());
  }

  private String tooLong() {
    return String.format(
        Locale.ROOT,
        "Text is too long: it has more than %d tokens (truncate is fail)",
        settings.maxTokens());
  }

  private TokenizedText[] tokenize(List<String> texts, String prefix, EmbeddingListener listener) {
    long start = System.nanoTime();
    TokenizedText[] tokenized = new TokenizedText[texts.size()];
    for (int i = 0; i < tokenized.length; i++) {
      tokenized[i] = tokenizer.tokenize(prefix, texts.get(i), settings.maxTokens());
    }
    count(tokenized, texts.size(), System.nanoTime() - start, listener);
    return tokenized;
  }

  private static void count(
      TokenizedText[] tokenized, int texts, long nanoseconds, EmbeddingListener listener) {
    listener.count(Counter.TOKENIZED_TEXTS, texts);
    listener.count(
        Counter.TOKENIZED_TOKENS, Arrays.stream(tokenized).mapToLong(TokenizedText::length).sum());
    listener.count(Counter.TOKENIZING, nanoseconds);
  }

  private Batches plan(TokenizedText[] texts) {
    return Batches.of(texts, budget.atMost(model.maxBatchTokens()));
  }

  private String prefix(InputType type) {
    return prompts.of(type);
  }

  /** The texts as the model would read them, for a loop that only runs the model. */
  public Batches batches(List<String> texts, InputType type) {
    return plan(tokenize(texts, prefix(type), NOBODY));
  }

  /**
   * A batch of texts of the same number of tokens, without padding.
   *
   * @param words are repeated until there are enough tokens
   */
  public Batches fullBatch(String words, int texts, int tokens) {
    int[] ids = tokenizer.tokenize("", words, settings.maxTokens()).ids();
    TokenizedText[] full = new TokenizedText[texts];
    for (int text = 0; text < texts; text++) {
      int first = text;
      int[] own = new int[tokens];
      Arrays.setAll(own, i -> ids[(first + i) % ids.length]);
      full[text] = new TokenizedText(own, false);
    }
    return Batches.single(full, new TokenBudget(texts * tokens, 1, tokens, budget.call()));
  }

  /** Runs the batches that remain in a queue, on this thread, and drops their vectors. */
  public void run(Batches batches, Queue<int[]> queue) {
    try (BatchRun run = new BatchRun(model, batches, OnError.FAIL, settings.normalize(), NOBODY)) {
      run.run(queue);
    }
  }

  /** The token ids of texts that include their prefixes. */
  public List<int[]> tokensAsIs(List<String> texts) {
    return Arrays.stream(tokenize(texts, "", NOBODY)).map(TokenizedText::ids).toList();
  }

  /** The vectors of texts that include their prefixes, all in one batch, whatever the padding. */
  public List<float[]> embedAsIs(List<String> texts) {
    Batches batch = Batches.single(tokenize(texts, "", NOBODY), budget);
    try (BatchRun run = new BatchRun(model, batch, OnError.FAIL, settings.normalize(), NOBODY)) {
      run.run(batch.queue());
      List<float[]> vectors = new ArrayList<>();
      run.embeddings().forEach(one -> vectors.add(java.util.Objects.requireNonNull(one.vector())));
      return vectors;
    }
  }

  @Override
  public void close() {
    whenClosed.run();
  }
}
