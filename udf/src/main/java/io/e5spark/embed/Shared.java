package io.e5spark.embed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Things that are expensive to load, by key: each is loaded on its first use and shared. When there
 * are too many, those that were unused for longest are freed, each once nobody holds it any more.
 *
 * @param <K> what a thing is shared by
 * @param <T> the things
 */
final class Shared<K, T> {
  private static final Logger LOG = LoggerFactory.getLogger(Shared.class);

  private final Cache<K, Held<T>> cache;
  private final Consumer<T> closing;

  /**
   * Holds nothing yet.
   *
   * @param most the number of things to keep
   * @param closing frees a thing; may be slow, and may throw
   */
  Shared(int most, Consumer<T> closing) {
    this.closing = closing;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(most)
            .executor(Runnable::run)
            .removalListener(
                (@Nullable K key, @Nullable Held<T> held, RemovalCause cause) -> {
                  if (held != null) {
                    held.release();
                  }
                })
            .build();
  }

  /**
   * A thing, which the first caller loads while others wait. Every caller must release it.
   *
   * @param loading may throw, and is tried again on the next call
   */
  Held<T> take(K key, Supplier<T> loading) {
    while (true) {
      Held<T> held = cache.get(key, missing -> new Held<>(loading.get(), closing));
      if (held.hold()) {
        return held;
      }
      // It was closed between the two calls; the next iteration loads it again.
      cache.asMap().remove(key, held);
    }
  }

  /**
   * Closes all things, each after the calls that use it. One that fails does not keep another open.
   */
  void closeAll() {
    cache.asMap().values().forEach(Held::close);
    cache.invalidateAll();
  }

  /** A thing and the number of its holders. */
  static final class Held<T> {
    private final T thing;
    private final Consumer<T> closing;
    private int holders = 1;
    private boolean closed;

    private Held(T thing, Consumer<T> closing) {
      this.thing = thing;
      this.closing = closing;
    }

    T thing() {
      return thing;
    }

    private synchronized boolean hold() {
      if (closed || holders == 0) {
        return false;
      }
      holders++;
      return true;
    }

    /** Returns the thing; the last holder closes it. */
    void release() {
      boolean last;
      synchronized (this) {
        last = --holders == 0;
      }
      if (last) {
        close();
      }
    }

    private void close() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      try {
        closing.accept(thing);
      } catch (RuntimeException e) {
        LOG.warn("Cannot free a model", e);
      }
    }
  }
}
