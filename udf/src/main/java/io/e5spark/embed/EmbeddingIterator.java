package io.e5spark.embed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows in, rows with their embeddings out, in the same order. It holds one window of rows at a
 * time: so many rows as set, or fewer when their texts are long. Not thread-safe.
 *
 * @param <R> a row before
 * @param <O> a row after
 */
public final class EmbeddingIterator<R, O> implements Iterator<O> {
  private static final long MAX_WINDOW_CHARACTERS = 1 << 25;

  private final Iterator<R> rows;
  private final Function<R, @Nullable String> text;
  private final BiFunction<R, @Nullable Embedding, O> join;
  private final WindowEmbedder embedder;
  private final int windowRows;
  private final Queue<O> ready = new ArrayDeque<>();

  /**
   * Reads rows as they are asked for.
   *
   * @param rows must not reuse row objects
   * @param text a row's text, or null
   * @param join puts row and embedding together; the embedding is null where the text is
   */
  public EmbeddingIterator(
      Iterator<R> rows,
      Function<R, @Nullable String> text,
      BiFunction<R, @Nullable Embedding, O> join,
      WindowEmbedder embedder,
      int windowRows) {
    this.rows = rows;
    this.text = text;
    this.join = join;
    this.embedder = embedder;
    this.windowRows = windowRows;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || rows.hasNext();
  }

  @Override
  public O next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (ready.isEmpty()) {
      embedWindow();
    }
    return ready.remove();
  }

  private void embedWindow() {
    List<R> window = new ArrayList<>();
    List<@Nullable String> texts = new ArrayList<>();
    long characters = 0;
    while (window.size() < windowRows && characters < MAX_WINDOW_CHARACTERS && rows.hasNext()) {
      R row = rows.next();
      String rowText = text.apply(row);
      window.add(row);
      texts.add(rowText);
      characters += rowText == null ? 0 : rowText.length();
    }
    List<@Nullable Embedding> embeddings = embedder.embed(texts);
    for (int i = 0; i < window.size(); i++) {
      ready.add(join.apply(window.get(i), embeddings.get(i)));
    }
  }
}
