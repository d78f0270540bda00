package io.e5spark.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.e5spark.config.InputType;
import io.e5spark.embed.Embedding;
import java.util.function.Supplier;

/**
 * The embeddings of literals and of repeated short texts in this JVM, as many as are used often.
 */
public final class LiteralCache {
  private static final int MAX_ENTRIES = 1_000;
  private static final int MAX_CHARACTERS = 1_000;

  private static final Cache<Key, Embedding> CACHE =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).executor(Runnable::run).build();

  private LiteralCache() {}

  private record Key(String recipe, InputType type, String text) {}

  /**
   * The embedding of a text, which is kept unless it is an error or the text is long.
   *
   * @param recipe everything that decides an embedding besides the text and its type
   */
  static Embedding get(String recipe, InputType type, String text, Supplier<Embedding> embedder) {
    Key key = new Key(recipe, type, text);
    Embedding known = CACHE.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Embedding embedding = embedder.get();
    if (embedding.error() == null && text.length() <= MAX_CHARACTERS) {
      CACHE.put(key, embedding);
    }
    return embedding;
  }

  /** Removes all of them. */
  public static void clear() {
    CACHE.invalidateAll();
  }
}
