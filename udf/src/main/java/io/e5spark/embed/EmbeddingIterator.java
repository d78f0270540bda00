package io.e5spark.embed;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into rows with the embeddings of their texts, in the same order. It holds one window
 * at a time: as many rows as the settings say, or fewer if their texts are long. Not thread-safe.
 *
 * @param <R> a row before
 * @param <O> a row after
 */
public final class EmbeddingIterator<R, O> implements Iterator<O> {
  private static final long MAX_WINDOW_CHARACTERS = 1 << 25;

  private final Iterator<R> rows;
  private final Function<R, List<@Nullable String>> texts;
  private final BiFunction<R, List<@Nullable Embedding>, O> join;
  private final WindowEmbedder embedder;
  private final int windowRows;
  private final List<R> window = new ArrayList<>();

  /** For each row of the window, the position after its last text among all texts. */
  private final List<Integer> ends = new ArrayList<>();

  private List<@Nullable Embedding> embeddings = List.of();
  private int next;

  /**
   * Reads rows when they are requested.
   *
   * @param rows must not reuse row objects
   * @param texts gives the texts of a row, of which any may be null
   * @param join combines a row with the embeddings of its texts; null stands for null
   */
  public EmbeddingIterator(
      Iterator<R> rows,
      Function<R, List<@Nullable String>> texts,
      BiFunction<R, List<@Nullable Embedding>, O> join,
      WindowEmbedder embedder,
      int windowRows) {
    this.rows = rows;
    this.texts = texts;
    this.join = join;
    this.embedder = embedder;
    this.windowRows = windowRows;
  }

  @Override
  public boolean hasNext() {
    return next < window.size() || rows.hasNext();
  }

  @Override
  public O next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (next == window.size()) {
      embedWindow();
    }
    // A row and its embeddings are combined when they are requested, not for a whole window at
    // once.
    int start = next == 0 ? 0 : ends.get(next - 1);
    O joined = join.apply(window.get(next), embeddings.subList(start, ends.get(next)));
    next++;
    return joined;
  }

  private void embedWindow() {
    window.clear();
    ends.clear();
    next = 0;
    List<@Nullable String> all = new ArrayList<>();
    long characters = 0;
    while (window.size() < windowRows && characters < MAX_WINDOW_CHARACTERS && rows.hasNext()) {
      R row = rows.next();
      List<@Nullable String> rowTexts = texts.apply(row);
      window.add(row);
      all.addAll(rowTexts);
      ends.add(all.size());
      characters += characters(rowTexts);
    }
    embeddings = embedder.embed(all, window.size());
  }

  private static long characters(List<@Nullable String> texts) {
    long characters = 0;
    for (String text : texts) {
      characters += text == null ? 0 : text.length();
    }
    return characters;
  }
}
