package io.e5spark.embed;

import io.e5spark.config.Device;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.config.Truncation;
import io.e5spark.model.EmbeddingException;
import io.e5spark.onnx.Encoder;
import io.e5spark.onnx.TokenBatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** The E5 model itself: prefix, tokenize, plan, run, restore the order. */
public final class E5Embedder implements TextEmbedder {
  private final Settings settings;
  private final TextTokenizer tokenizer;
  private final Encoder encoder;
  private final ModelCalls calls;
  private final int maxBatchTokens;
  private final Queue<TokenBatch> idleBatches = new ConcurrentLinkedQueue<>();

  E5Embedder(Settings settings, TextTokenizer tokenizer, Encoder encoder) {
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.encoder = encoder;
    this.maxBatchTokens =
        settings.maxBatchTokens() > 0
            ? settings.maxBatchTokens()
            : encoder.device().maxBatchTokens();
    this.calls = encoder.dedicated() ? new DedicatedThread(encoder) : new CallerThread(encoder);
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  /** Where the model runs; never {@link Device#AUTO}. */
  public Device device() {
    return encoder.device();
  }

  @Override
  public int countTokens(String text, InputType type) {
    return tokenizer.count(prefix(type), text);
  }

  @Override
  public List<Embedding> embed(
      List<String> texts, InputType type, OnError onError, EmbeddingListener listener) {
    listener.count(device() == Device.CUDA ? Counter.GPU_WINDOWS : Counter.CPU_WINDOWS, 1);
    if (settings.truncate() == Truncation.CUT) {
      return embed(tokenize(texts, type, listener), onError, listener);
    }
    SplitTexts pieces = pieces(texts, type, onError, listener);
    List<Embedding> embeddings = embed(pieces.all(), onError, listener);
    return pieces.joined(embeddings, tooLong(), settings.normalize());
  }

  private List<Embedding> embed(
      TokenizedText[] texts, OnError onError, EmbeddingListener listener) {
    try (BatchRun window = new BatchRun(this, texts, onError, settings.normalize(), listener)) {
      return window.embed();
    }
  }

  private SplitTexts pieces(
      List<String> texts, InputType type, OnError onError, EmbeddingListener listener) {
    SplitTexts pieces = new SplitTexts();
    if (settings.truncate() == Truncation.WINDOW) {
      long start = System.nanoTime();
      texts.forEach(text -> pieces.add(windows(text, type)));
      listener.count(Counter.TOKENIZED_TEXTS, texts.size());
      long tokens = Arrays.stream(pieces.all()).mapToLong(TokenizedText::length).sum();
      listener.count(Counter.TOKENIZED_TOKENS, tokens);
      listener.count(Counter.TOKENIZING, System.nanoTime() - start);
      return pieces;
    }
    for (TokenizedText text : tokenize(texts, type, listener)) {
      if (text.truncated() && onError == OnError.FAIL) {
        throw new EmbeddingException(tooLong());
      }
      pieces.add(text.truncated() ? new TokenizedText[0] : new TokenizedText[] {text});
    }
    return pieces;
  }

  /** A text in as many inputs of the model as it takes. */
  TokenizedText[] windows(String text, InputType type) {
    return tokenizer.windows(prefix(type), text);
  }

  private String tooLong() {
    return String.format(
        Locale.ROOT,
        "Text is too long: it has more than %d tokens (truncate is fail)",
        settings.maxTokens());
  }

  /** Tokens of texts that bring their prefixes. */
  public TokenizedText[] tokenizeAsIs(List<String> texts) {
    return tokenize(texts, "", (counter, amount) -> {});
  }

  /** Vectors of texts that bring their prefixes, all in one batch, whatever its padding. */
  public List<float[]> embedAsIs(List<String> texts) {
    TokenizedText[] tokenized = tokenizeAsIs(texts);
    int[] longestFirst =
        IntStream.range(0, tokenized.length)
            .boxed()
            .sorted(Comparator.comparing(i -> -tokenized[i].length()))
            .mapToInt(Integer::intValue)
            .toArray();
    TokenBatch batch = new TokenBatch(dimension());
    fill(batch, tokenized, longestFirst);
    encode(batch);
    float[][] vectors = new float[tokenized.length][];
    for (int row = 0; row < longestFirst.length; row++) {
      vectors[longestFirst[row]] = batch.vector(row);
    }
    return List.of(vectors);
  }

  public TokenizedText[] tokenize(List<String> texts, InputType type, EmbeddingListener listener) {
    return tokenize(texts, prefix(type), listener);
  }

  private TokenizedText[] tokenize(List<String> texts, String prefix, EmbeddingListener listener) {
    long start = System.nanoTime();
    TokenizedText[] tokenized = new TokenizedText[texts.size()];
    long tokens = 0;
    for (int i = 0; i < tokenized.length; i++) {
      tokenized[i] = tokenizer.tokenize(prefix, texts.get(i));
      tokens += tokenized[i].length();
    }
    listener.count(Counter.TOKENIZED_TEXTS, tokenized.length);
    listener.count(Counter.TOKENIZED_TOKENS, tokens);
    listener.count(Counter.TOKENIZING, System.nanoTime() - start);
    return tokenized;
  }

  /** Batches for these texts: for each the positions of its texts, longest first. */
  public List<int[]> plan(TokenizedText[] texts) {
    int[] lengths = Arrays.stream(texts).mapToInt(text -> padded(text.length())).toArray();
    return BatchPlanner.plan(lengths, Math.min(maxBatchTokens, encoder.maxBatchTokens()));
  }

  /** The length of a batch whose longest text has so many tokens. */
  public int padded(int tokens) {
    int multiple = device().lengthMultiple();
    int rounded = (tokens + multiple - 1) / multiple * multiple;
    return Math.max(tokens, Math.min(rounded, settings.maxTokens()));
  }

  /** Runs one batch. */
  public void encode(TokenBatch batch) {
    try (ModelCalls.Lane lane = lane()) {
      lane.start(batch).await(() -> {});
    }
  }

  /** Memory for a batch, which {@link #giveBack} takes for another. */
  TokenBatch borrow() {
    TokenBatch idle = idleBatches.poll();
    return idle == null ? new TokenBatch(dimension()) : idle;
  }

  void giveBack(TokenBatch batch) {
    idleBatches.add(batch);
  }

  /** A way to the model; callers close it. */
  public ModelCalls.Lane lane() {
    return calls.lane();
  }

  /** Runs the largest batch there may be, so that the device's memory is asked for once. */
  void warmUp() {
    TokenBatch batch = new TokenBatch(dimension());
    int tokens = settings.maxTokens();
    batch.start(Math.max(1, maxBatchTokens / tokens), tokens);
    for (int row = 0; row < batch.texts(); row++) {
      batch.put(row, new int[tokens]);
    }
    encode(batch);
  }

  /** Puts texts into a batch, longest first; returns their real tokens. */
  public long fill(TokenBatch batch, TokenizedText[] texts, int[] positions) {
    batch.start(positions.length, padded(texts[positions[0]].length()));
    long tokens = 0;
    for (int row = 0; row < positions.length; row++) {
      TokenizedText text = texts[positions[row]];
      batch.put(row, text.ids());
      tokens += text.length();
    }
    return tokens;
  }

  private String prefix(InputType type) {
    return settings.prefix() ? type.prefix() : "";
  }

  @Override
  public void close() {
    calls.close();
    tokenizer.close();
  }
}
