package io.e5spark.nearest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows that have a vector, one by one.
 *
 * @param <R> what a row is; may be one object that is filled anew
 */
public final class Candidates<R> implements Iterator<Candidate> {
  private final Iterator<R> rows;
  private final Function<R, float @Nullable []> vector;
  private final Function<R, byte[]> kept;
  private @Nullable Candidate next;

  private Candidates(
      Iterator<R> rows, Function<R, float @Nullable []> vector, Function<R, byte[]> kept) {
    this.rows = rows;
    this.vector = vector;
    this.kept = kept;
  }

  /**
   * Candidates of rows.
   *
   * @param vector of a row; null where it has none
   * @param kept what is kept of a row
   */
  public static <R> Iterator<Candidate> of(
      Iterator<R> rows, Function<R, float @Nullable []> vector, Function<R, byte[]> kept) {
    return new Candidates<>(rows, vector, kept);
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      R row = rows.next();
      float[] components = vector.apply(row);
      next = components == null ? null : new Candidate(kept.apply(row), components);
    }
    return next != null;
  }

  @Override
  public Candidate next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Candidate one = next;
    next = null;
    return one;
  }
}
