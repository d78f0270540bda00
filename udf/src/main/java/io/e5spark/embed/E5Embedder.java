package io.e5spark.embed;

import io.e5spark.config.Device;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.config.Truncation;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.Encoder;
import io.e5spark.model.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The E5 model itself: prefix, tokenize, plan, run, restore the order. */
public final class E5Embedder implements TextEmbedder {
  private final Settings settings;
  private final TextTokenizer tokenizer;
  private final Encoder encoder;
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
    TokenBatch batch = idleBatches.poll();
    if (batch == null) {
      batch = new TokenBatch(dimension());
    }
    listener.count(device() == Device.CUDA ? Counter.GPU_WINDOWS : Counter.CPU_WINDOWS, 1);
    try {
      if (settings.truncate() == Truncation.CUT) {
        return new Window(tokenize(texts, type, listener), batch, onError, listener).embed();
      }
      Pieces pieces = pieces(texts, type, onError, listener);
      List<Embedding> embeddings = new Window(pieces.all(), batch, onError, listener).embed();
      return pieces.joined(embeddings, tooLong(), settings.normalize());
    } finally {
      idleBatches.add(batch);
    }
  }

  private Pieces pieces(
      List<String> texts, InputType type, OnError onError, EmbeddingListener listener) {
    Pieces pieces = new Pieces();
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
    return "Text is too long: it has more than %d tokens (truncate is fail)"
        .formatted(settings.maxTokens());
  }

  /** Tokens of texts that bring their prefixes. */
  TokenizedText[] tokenizeAsIs(List<String> texts) {
    return tokenize(texts, "", (counter, amount) -> {});
  }

  /** Vectors of texts that bring their prefixes, all in one batch, whatever its padding. */
  List<float[]> embedAsIs(List<String> texts) {
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

  TokenizedText[] tokenize(List<String> texts, InputType type, EmbeddingListener listener) {
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

  int maxBatchTokens() {
    return maxBatchTokens;
  }

  /** Puts texts into a batch, longest first; returns their real tokens. */
  long fill(TokenBatch batch, TokenizedText[] texts, int[] positions) {
    batch.start(positions.length, texts[positions[0]].length());
    long tokens = 0;
    for (int row = 0; row < positions.length; row++) {
      TokenizedText text = texts[positions[row]];
      batch.put(row, text.ids());
      tokens += text.length();
    }
    return tokens;
  }

  void encode(TokenBatch batch) {
    encoder.encode(batch);
  }

  private String prefix(InputType type) {
    return settings.prefix() ? type.prefix() : "";
  }

  @Override
  public void close() {
    encoder.close();
    tokenizer.close();
  }

  /** The tokenized texts of one call on their way through the model. */
  private final class Window {
    private final TokenizedText[] texts;
    private final @Nullable Embedding[] embeddings;
    private final TokenBatch batch;
    private final OnError onError;
    private final EmbeddingListener listener;

    Window(TokenizedText[] texts, TokenBatch batch, OnError onError, EmbeddingListener listener) {
      this.onError = onError;
      this.texts = texts;
      this.embeddings = new Embedding[texts.length];
      this.batch = batch;
      this.listener = listener;
    }

    List<Embedding> embed() {
      int[] lengths = Arrays.stream(texts).mapToInt(TokenizedText::length).toArray();
      for (int[] positions : BatchPlanner.plan(lengths, maxBatchTokens)) {
        listener.beforeBatch();
        embedOrBisect(positions);
      }
      List<Embedding> inOrder = new ArrayList<>(embeddings.length);
      for (Embedding embedding : embeddings) {
        if (embedding == null) {
          throw new IllegalStateException("The batches left out a text");
        }
        inOrder.add(embedding);
      }
      return inOrder;
    }

    /** A batch that fails is halved until the failure costs one text, where errors are kept. */
    private void embedOrBisect(int[] positions) {
      try {
        encode(positions);
      } catch (EmbeddingException e) {
        if (onError == OnError.FAIL) {
          throw e;
        }
        if (positions.length == 1) {
          embeddings[positions[0]] = Embedding.failed(String.valueOf(e.getMessage()));
          return;
        }
        int half = positions.length / 2;
        embedOrBisect(Arrays.copyOfRange(positions, 0, half));
        embedOrBisect(Arrays.copyOfRange(positions, half, positions.length));
      }
    }

    private void encode(int[] positions) {
      long tokens = fill(batch, texts, positions);
      long start = System.nanoTime();
      encoder.encode(batch);
      listener.count(Counter.MODEL, System.nanoTime() - start);
      listener.count(Counter.BATCHES, 1);
      listener.count(Counter.TEXTS, positions.length);
      listener.count(Counter.TOKENS, tokens);
      listener.count(Counter.PADDING, (long) batch.texts() * batch.tokens() - tokens);
      for (int row = 0; row < positions.length; row++) {
        embeddings[positions[row]] = result(texts[positions[row]], batch.vector(row));
      }
    }

    private Embedding result(TokenizedText text, float[] vector) {
      String problem = VectorCheck.problem(vector, settings.normalize());
      if (problem == null) {
        return Embedding.of(vector, text.length(), text.truncated());
      }
      if (onError == OnError.FAIL) {
        throw new EmbeddingException(problem);
      }
      return Embedding.failed(problem);
    }
  }
}
