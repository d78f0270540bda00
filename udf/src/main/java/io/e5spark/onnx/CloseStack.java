package io.e5spark.onnx;

import io.e5spark.model.EmbeddingException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Closes things in the reverse of the order in which they were opened, each of them, whichever
 * fails to close. Not thread-safe.
 */
final class CloseStack implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Takes over one more. */
  <T extends AutoCloseable> T add(T one) {
    opened.push(one);
    return one;
  }

  /** Closes all of them; attaches what fails to close to the failure, as suppressed. */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Closes all of them.
   *
   * @throws EmbeddingException if one fails to close with a checked exception; other exceptions are
   *     thrown unchanged
   */
  @Override
  public void close() {
    RuntimeException first = null;
    while (!opened.isEmpty()) {
      first = closed(opened.pop(), first);
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable RuntimeException closed(
      AutoCloseable one, @Nullable RuntimeException first) {
    try {
      one.close();
      return first;
    } catch (Exception e) {
      RuntimeException failure = unchecked(e);
      if (first == null) {
        return failure;
      }
      first.addSuppressed(failure);
      return first;
    }
  }

  private static RuntimeException unchecked(Exception e) {
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    return new EmbeddingException("Cannot close the model: " + e.getMessage(), e);
  }
}
