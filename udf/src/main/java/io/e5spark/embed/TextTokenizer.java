package io.e5spark.embed;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.e5spark.model.JarLibraries;
import io.e5spark.model.TokenizerFile;
import io.e5spark.model.tokenizer.SettledTokens;
import io.e5spark.model.tokenizer.TextStart;
import io.e5spark.model.tokenizer.TokenizerModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongFunction;

/**
 * Turns texts into token ids, with Hugging Face's tokenizers. Thread-safe.
 *
 * <p>The time of the tokenizer grows with the whole text, so only the beginning of a long text is
 * tokenized: as much as makes the kept tokens equal to those of the whole text, whatever follows.
 */
public final class TextTokenizer implements AutoCloseable {
  /** The special tokens of an empty text: one before the text, and one behind it. */
  private static final int ENDS = 2;

  private static boolean libraryLoaded;

  private final HuggingFaceTokenizer tokenizer;
  private final long handle;
  private final SettledTokens settled;
  // Memory of the native tokenizer that is freed while it is used takes the process down.
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();
  private boolean closed;

  private TextTokenizer(HuggingFaceTokenizer tokenizer, SettledTokens settled) {
    this.tokenizer = tokenizer;
    this.handle = tokenizer.getHandle();
    this.settled = settled;
  }

  /**
   * Loads a tokenizer. Only one is loaded at a time, because loading sets system properties for a
   * moment.
   *
   * @throws IllegalArgumentException if it puts no special tokens around a text
   */
  public static synchronized TextTokenizer of(TokenizerFile file) {
    SettledTokens settled = TokenizerModel.of(file).settledTokens();
    Map<String, String> options = Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");
    InputStream json = new ByteArrayInputStream(file.json().getBytes(StandardCharsets.UTF_8));
    loadLibrary();
    OfflineLoading offline = new OfflineLoading();
    try {
      return new TextTokenizer(HuggingFaceTokenizer.newInstance(json, options), settled).closing();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot load tokenizer: " + e.getMessage(), e);
    } finally {
      offline.end();
    }
  }

  /** A truncated text ends with the last special token, which must therefore be there. */
  private TextTokenizer closing() {
    if (encode("").length < ENDS) {
      close();
      throw new IllegalArgumentException(
          "Cannot use the tokenizer: it puts no special tokens around a text (there must be two, such as [CLS] and [SEP])");
    }
    return this;
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
   * The ids of {@code prefix + text}, truncated at the longest input.
   *
   * @param longest the longest input of the model in tokens, including the special tokens
   */
  public TokenizedText tokenize(String prefix, String text, int longest) {
    for (long length = settled.characters(longest); length < text.length(); length *= 4) {
      String start = prefix + TextStart.of(text, (int) length);
      Optional<long[]> ids = encode(start, encoding -> settled(encoding, longest));
      if (ids.isPresent()) {
        return cut(ids.get(), longest);
      }
    }
    return cut(encode(prefix + text), longest);
  }

  private Optional<long[]> settled(long encoding, int longest) {
    long[] ids = TokenizersLibrary.LIB.getTokenIds(encoding);
    boolean enough =
        settled.settles(longest, ids.length, () -> TokenizersLibrary.LIB.getTokens(encoding));
    return enough ? Optional.of(ids) : Optional.empty();
  }

  /**
   * The ids of {@code prefix + text}, in segments of the longest input if there are more.
   *
   * @param longest the longest input of the model in tokens
   */
  TokenizedText[] segments(String prefix, String text, int longest) {
    long[] ids = encode(prefix + text);
    if (ids.length <= longest) {
      return new TokenizedText[] {cut(ids, longest)};
    }
    return Segments.of(ids, head(encode(prefix), ids), longest);
  }

  /**
   * The number of ids before the text. The last space of a prefix may be part of the first token of
   * the text.
   */
  private static int head(long[] prefix, long[] ids) {
    int differs = Arrays.mismatch(prefix, 0, prefix.length - 1, ids, 0, ids.length);
    return differs < 0 ? prefix.length - 1 : differs;
  }

  /**
   * The number of tokens of {@code prefix + text}, including the special tokens, however many there
   * are.
   */
  int count(String prefix, String text) {
    return encode(prefix + text).length;
  }

  /** The places where the tokens of a text begin, in code points; special tokens have no place. */
  int[] starts(String text) {
    CharSpan[] spans = encode(text, TokenizersLibrary.LIB::getTokenCharSpans);
    return Arrays.stream(spans)
        .filter(span -> span != null && span.getEnd() > span.getStart())
        .mapToInt(CharSpan::getStart)
        .toArray();
  }

  private static TokenizedText cut(long[] ids, int longest) {
    int length = Math.min(ids.length, longest);
    int[] kept = new int[length];
    for (int i = 0; i < length; i++) {
      kept[i] = (int) ids[i];
    }
    // The last token closes the text ([SEP]), even if the text was truncated.
    kept[length - 1] = (int) ids[ids.length - 1];
    return new TokenizedText(kept, ids.length > longest);
  }

  private long[] encode(String text) {
    return encode(text, TokenizersLibrary.LIB::getTokenIds);
  }

  /**
   * Calls the entry points below the library's {@code Encoding}, which makes two objects per token.
   */
  private <T> T encode(String text, LongFunction<T> read) {
    inUse.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The tokenizer is closed");
      }
      long encoding = TokenizersLibrary.LIB.encode(handle, wellFormed(text), true);
      try {
        return read.apply(encoding);
      } finally {
        TokenizersLibrary.LIB.deleteEncoding(encoding);
      }
    } finally {
      inUse.readLock().unlock();
    }
  }

  /**
   * The text with U+FFFD instead of each unpaired surrogate, which tokenizers drop or read as a
   * space.
   */
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
