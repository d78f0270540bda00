package io.e5spark.embed;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.TokenizerFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Text to token ids, by Hugging Face's tokenizers. Thread-safe.
 *
 * <p>The tokenizer's time grows with the whole text, so a long one is cut before: to so many
 * characters that it yields more tokens than the model reads, by a surplus. The surplus is longer
 * than any word's tokens, so that a word which the cut went through cannot reach the tokens that
 * are kept.
 */
public final class TextTokenizer implements AutoCloseable {
  private static final int CHARACTERS_A_TOKEN = 16;
  private static final int SURPLUS_TOKENS = 128;

  /** Neighbouring windows share one part in so many. */
  private static final int OVERLAP = 8;

  private final HuggingFaceTokenizer tokenizer;
  private final long handle;
  private final int maxTokens;
  // Memory of the native tokenizer that is freed while it is used takes the process down.
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();
  private boolean closed;

  private TextTokenizer(HuggingFaceTokenizer tokenizer, int maxTokens) {
    this.tokenizer = tokenizer;
    this.handle = tokenizer.getHandle();
    this.maxTokens = maxTokens;
  }

  /**
   * Loads a tokenizer.
   *
   * @param maxTokens longest result, special tokens included
   */
  public static TextTokenizer of(TokenizerFile file, int maxTokens) {
    Map<String, String> options = Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");
    InputStream json = new ByteArrayInputStream(file.json().getBytes(StandardCharsets.UTF_8));
    OfflineLoading offline = new OfflineLoading();
    try {
      return new TextTokenizer(HuggingFaceTokenizer.newInstance(json, options), maxTokens);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot load tokenizer: " + e.getMessage(), e);
    } finally {
      offline.end();
    }
  }

  /** The ids of {@code prefix + text}, cut at the longest result. */
  public TokenizedText tokenize(String prefix, String text) {
    for (long length = (long) maxTokens * CHARACTERS_A_TOKEN; ; length *= 4) {
      String part = start(text, length);
      long[] ids = encode(prefix + part);
      if (part.length() == text.length() || ids.length > maxTokens + SURPLUS_TOKENS) {
        return cut(ids);
      }
    }
  }

  /**
   * The ids of {@code prefix + text}, in windows of the longest result where they are more. Each
   * window begins with the prefix and shares an eighth of its text with the one before.
   */
  TokenizedText[] windows(String prefix, String text) {
    long[] ids = encode(prefix + text);
    if (ids.length <= maxTokens) {
      return new TokenizedText[] {cut(ids)};
    }
    int head = prefix.isEmpty() ? 1 : encode(prefix).length - 1;
    int size = maxTokens - head - 1;
    if (size < 1) {
      throw new EmbeddingException(
          String.format(
              Locale.ROOT,
              "Cannot cut a text into windows of %d tokens: the prefix leaves no room",
              maxTokens));
    }
    int step = Math.max(1, size - size / OVERLAP);
    List<TokenizedText> windows = new ArrayList<>();
    int end = 0;
    for (int start = head; end < ids.length - 1; start += step) {
      end = Math.min(start + size, ids.length - 1);
      windows.add(window(ids, head, start, end));
    }
    return windows.toArray(TokenizedText[]::new);
  }

  private static TokenizedText window(long[] ids, int head, int start, int end) {
    int[] window = new int[head + end - start + 1];
    for (int i = 0; i < head; i++) {
      window[i] = (int) ids[i];
    }
    for (int i = start; i < end; i++) {
      window[head + i - start] = (int) ids[i];
    }
    window[window.length - 1] = (int) ids[ids.length - 1];
    return new TokenizedText(window, false);
  }

  /** Number of tokens of {@code prefix + text}, special tokens included, however many. */
  int count(String prefix, String text) {
    return encode(prefix + text).length;
  }

  private TokenizedText cut(long[] ids) {
    int length = Math.min(ids.length, maxTokens);
    int[] kept = new int[length];
    for (int i = 0; i < length; i++) {
      kept[i] = (int) ids[i];
    }
    // The last token closes the text ([SEP]), also where it was cut.
    kept[length - 1] = (int) ids[ids.length - 1];
    return new TokenizedText(kept, ids.length > maxTokens);
  }

  private long[] encode(String text) {
    inUse.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The tokenizer is closed");
      }
      return encodeOpen(wellFormed(text));
    } finally {
      inUse.readLock().unlock();
    }
  }

  /** By the entry points below the library's Encoding, which makes two objects a token. */
  private long[] encodeOpen(String text) {
    long encoding = TokenizersLibrary.LIB.encode(handle, text, true);
    try {
      return TokenizersLibrary.LIB.getTokenIds(encoding);
    } finally {
      TokenizersLibrary.LIB.deleteEncoding(encoding);
    }
  }

  private static String start(String text, long length) {
    if (length >= text.length()) {
      return text;
    }
    int end = (int) length;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  /** The text with U+FFFD, which tokenizers drop, for each half of a surrogate pair on its own. */
  private static String wellFormed(String text) {
    if (text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
      return text;
    }
    int[] characters =
        text.codePoints()
            .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
            .toArray();
    return new String(characters, 0, characters.length);
  }

  @Override
  public void close() {
    inUse.writeLock().lock();
    try {
      closed = true;
      tokenizer.close();
    } finally {
      inUse.writeLock().unlock();
    }
  }
}
