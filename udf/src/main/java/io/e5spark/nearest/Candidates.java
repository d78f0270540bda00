package io.e5spark.nearest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows with their vectors, one by one.
 *
 * @param <R> the type of a row, which may be one object that is filled again
 */
public final class Candidates<R> implements Iterator<Candidate> {
  private final Iterator<R> rows;
  private final Function<R, float @Nullable []> vector;
  private final Function<R, byte[]> kept;
  private final Unmatched withoutVector;
  private @Nullable Candidate next;

  private Candidates(
      Iterator<R> rows,
      Function<R, float @Nullable []> vector,
      Function<R, byte[]> kept,
      Unmatched withoutVector) {
    this.rows = rows;
    this.vector = vector;
    this.kept = kept;
    this.withoutVector = withoutVector;
  }

  /**
   * The candidates of the rows that have a vector.
   *
   * @param vector gives the vector of a row; null if it has none
   * @param kept gives what is kept of a row
   */
  public static <R> Iterator<Candidate> of(
      Iterator<R> rows, Function<R, float @Nullable []> vector, Function<R, byte[]> kept) {
    return of(rows, vector, kept, Unmatched.LEFT_OUT);
  }

  /**
   * The candidates of rows, including those without a vector if they are kept.
   *
   * @param vector gives the vector of a row; null if it has none
   * @param kept gives what is kept of a row
   */
  public static <R> Iterator<Candidate> of(
      Iterator<R> rows,
      Function<R, float @Nullable []> vector,
      Function<R, byte[]> kept,
      Unmatched withoutVector) {
    return new Candidates<>(rows, vector, kept, withoutVector);
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      next = candidate(rows.next());
    }
    return next != null;
  }

  private @Nullable Candidate candidate(R row) {
    float[] components = vector.apply(row);
    if (components != null) {
      return new Candidate(kept.apply(row), components);
    }
    return withoutVector == Unmatched.KEPT ? Candidate.withoutVector(kept.apply(row)) : null;
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
