package io.e5spark.cluster;

import io.e5spark.config.InputType;
import io.e5spark.embed.Embedding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This JVM's embeddings of literals and of repeated short texts; the least recently used go first.
 */
public final class LiteralCache {
  private static final int MAX_ENTRIES = 1_000;
  private static final int MAX_CHARACTERS = 1_000;
  private static final Map<Key, Embedding> CACHE =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Embedding> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  private LiteralCache() {}

  private record Key(String model, InputType type, String text) {}

  /**
   * A text's embedding, kept unless it is an error or the text is long.
   *
   * @param model what decides an embedding besides the text and its type
   */
  static Embedding get(String model, InputType type, String text, Supplier<Embedding> embedder) {
    Key key = new Key(model, type, text);
    Embedding known = find(key);
    if (known != null) {
      return known;
    }
    Embedding embedding = embedder.get();
    if (embedding.error() == null && text.length() <= MAX_CHARACTERS) {
      keep(key, embedding);
    }
    return embedding;
  }

  private static @Nullable Embedding find(Key key) {
    synchronized (CACHE) {
      return CACHE.get(key);
    }
  }

  private static void keep(Key key, Embedding embedding) {
    synchronized (CACHE) {
      CACHE.put(key, embedding);
    }
  }

  public static void clear() {
    synchronized (CACHE) {
      CACHE.clear();
    }
  }
}
