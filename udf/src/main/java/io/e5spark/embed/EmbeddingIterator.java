package io.e5spark.embed;

import io.e5spark.config.Settings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into rows with the embeddings of their texts, in the same order. It holds one window
 * at a time: as many rows as the settings say, or fewer if these have about as many tokens as the
 * settings say, at four characters each, or if the rows or their texts are long. Not thread-safe.
 *
 * @param <R> a row before
 * @param <O> a row after
 */
public final class EmbeddingIterator<R, O> implements Iterator<O> {
  private static final long MAX_WINDOW_SIZE = 1 << 25;
  private static final int CHARACTERS_OF_A_TOKEN = 4;

  private final Iterator<R> rows;
  private final Function<R, List<@Nullable String>> texts;
  private final ToLongFunction<R> size;
  private final BiFunction<R, List<@Nullable Embedding>, O> join;
  private final WindowEmbedder embedder;
  private final int windowRows;
  private final long readCharacters;
  private final long longestRead;
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
   * @param size gives the bytes of a row; 0 if they are not known
   * @param join combines a row with the embeddings of its texts; null stands for null
   * @param settings must name a longest input
   */
  public EmbeddingIterator(
      Iterator<R> rows,
      Function<R, List<@Nullable String>> texts,
      ToLongFunction<R> size,
      BiFunction<R, List<@Nullable Embedding>, O> join,
      WindowEmbedder embedder,
      Settings settings) {
    this.rows = rows;
    this.texts = texts;
    this.size = size;
    this.join = join;
    this.embedder = embedder;
    this.windowRows = settings.rows().windowRows();
    this.readCharacters = CHARACTERS_OF_A_TOKEN * settings.rows().windowTokens();
    this.longestRead = (long) CHARACTERS_OF_A_TOKEN * settings.vectors().maxTokens();
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
    long held = 0;
    long read = 0;
    while (window.size() < windowRows
        && held < MAX_WINDOW_SIZE
        && read < readCharacters
        && rows.hasNext()) {
      R row = rows.next();
      List<@Nullable String> rowTexts = texts.apply(row);
      window.add(row);
      all.addAll(rowTexts);
      ends.add(all.size());
      held += Math.max(size.applyAsLong(row), characters(rowTexts, Long.MAX_VALUE));
      read += characters(rowTexts, longestRead);
    }
    embeddings = embedder.embed(all, window.size());
  }

  /** The characters of texts, of which no text has more than so many. */
  private static long characters(List<@Nullable String> texts, long longest) {
    long characters = 0;
    for (String text : texts) {
      characters += text == null ? 0 : Math.min(text.length(), longest);
    }
    return characters;
  }
}
