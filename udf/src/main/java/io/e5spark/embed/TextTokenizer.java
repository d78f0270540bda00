package io.e5spark.embed;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.e5spark.model.JarLibraries;
import io.e5spark.model.TokenizerFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
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

  private static boolean libraryLoaded;

  private final HuggingFaceTokenizer tokenizer;
  private final long handle;
  // Memory of the native tokenizer that is freed while it is used takes the process down.
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();
  private boolean closed;

  private TextTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.handle = tokenizer.getHandle();
  }

  /** Loads a tokenizer. One at a time, since loading sets system properties for a moment. */
  public static synchronized TextTokenizer of(TokenizerFile file) {
    Map<String, String> options = Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");
    InputStream json = new ByteArrayInputStream(file.json().getBytes(StandardCharsets.UTF_8));
    loadLibrary();
    OfflineLoading offline = new OfflineLoading();
    try {
      return new TextTokenizer(HuggingFaceTokenizer.newInstance(json, options));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot load tokenizer: " + e.getMessage(), e);
    } finally {
      offline.end();
    }
  }

  private static void loadLibrary() {
    if (libraryLoaded) {
      return;
    }
    Optional<TokenizerLibrary> found = Optional.empty();
    try {
      found = TokenizerLibrary.unpacked(JarLibraries.cache());
      loadLibrary(found.map(TokenizerLibrary::properties).orElse(Map.of()));
      libraryLoaded = true;
    } catch (IOException | LinkageError e) {
      throw new IllegalStateException("Cannot load the tokenizer's native code: " + e, e);
    } finally {
      found.ifPresent(TokenizerLibrary::close);
    }
  }

  private static void loadLibrary(Map<String, String> properties) {
    OfflineLoading offline = new OfflineLoading(properties);
    try {
      LibUtils.checkStatus();
    } finally {
      offline.end();
    }
  }

  /**
   * The ids of {@code prefix + text}, cut at the longest input.
   *
   * @param longest input of the model in tokens, special tokens included
   */
  public TokenizedText tokenize(String prefix, String text, int longest) {
    for (long length = (long) longest * CHARACTERS_A_TOKEN; ; length *= 4) {
      String part = start(text, length);
      long[] ids = encode(prefix + part);
      if (part.length() == text.length() || ids.length > longest + SURPLUS_TOKENS) {
        return cut(ids, longest);
      }
    }
  }

  /**
   * The ids of {@code prefix + text}, in segments of the longest input where they are more.
   *
   * @param longest input of the model in tokens
   */
  TokenizedText[] segments(String prefix, String text, int longest) {
    long[] ids = encode(prefix + text);
    if (ids.length <= longest) {
      return new TokenizedText[] {cut(ids, longest)};
    }
    int head = prefix.isEmpty() ? 1 : encode(prefix).length - 1;
    return Segments.of(ids, head, longest);
  }

  /** Number of tokens of {@code prefix + text}, special tokens included, however many. */
  int count(String prefix, String text) {
    return encode(prefix + text).length;
  }

  private static TokenizedText cut(long[] ids, int longest) {
    int length = Math.min(ids.length, longest);
    int[] kept = new int[length];
    for (int i = 0; i < length; i++) {
      kept[i] = (int) ids[i];
    }
    // The last token closes the text ([SEP]), also where it was cut.
    kept[length - 1] = (int) ids[ids.length - 1];
    return new TokenizedText(kept, ids.length > longest);
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

  /** By the entry points below the library's Encoding, which makes two objects per token. */
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
