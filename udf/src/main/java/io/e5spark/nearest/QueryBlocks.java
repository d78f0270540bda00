package io.e5spark.nearest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The keyed rows of one partition in blocks, whose size bounds what a task keeps. */
final class QueryBlocks implements Iterator<QueryBlock> {
  /** Large enough that reading the other side again costs little beside the products. */
  static final int MOST_ROWS = 1 << 14;

  private static final long BYTES_A_BLOCK = 64L << 20;

  /** The bytes of a found row and its score; it may be kept twice. */
  private static final long BYTES_FOUND = 80;

  private final Iterator<Tuple2<String, byte[]>> rows;
  private final int found;
  private int number;
  private int position;

  /**
   * The blocks of these rows.
   *
   * @param found the number of rows that are kept for each of them
   */
  QueryBlocks(Iterator<Tuple2<String, byte[]>> rows, int found) {
    this.rows = rows;
    this.found = found;
  }

  /** The rows without those that repeat the previous one. */
  static QueryBlocks ofDistinct(Iterator<Tuple2<String, byte[]>> sorted, int found) {
    return new QueryBlocks(new Distinct(sorted), found);
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public QueryBlock next() {
    List<String> keys = new ArrayList<>();
    List<Candidate> block = new ArrayList<>();
    long bytes = 0;
    while (keys.size() < MOST_ROWS && bytes < BYTES_A_BLOCK && rows.hasNext()) {
      Tuple2<String, byte[]> row = rows.next();
      keys.add(row._1());
      block.add(unpacked(row._2(), block));
      bytes += row._2().length + found * BYTES_FOUND;
    }
    if (keys.isEmpty()) {
      throw new NoSuchElementException();
    }
    int start = position;
    position += keys.size();
    return new QueryBlock(number++, start, keys, block);
  }

  private static Candidate unpacked(byte[] packed, List<Candidate> block) {
    Candidate row = Candidate.unpacked(packed);
    if (!block.isEmpty() && block.get(0).vector().length != row.vector().length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot search: the queries' vectors have %d and %d dimensions",
              block.get(0).vector().length,
              row.vector().length));
    }
    return row;
  }

  private static final class Distinct implements Iterator<Tuple2<String, byte[]>> {
    private final Iterator<Tuple2<String, byte[]>> sorted;
    private @Nullable Tuple2<String, byte[]> next;
    private String last = "";

    Distinct(Iterator<Tuple2<String, byte[]>> sorted) {
      this.sorted = sorted;
    }

    @Override
    public boolean hasNext() {
      while (next == null && sorted.hasNext()) {
        Tuple2<String, byte[]> row = sorted.next();
        next = row._1().equals(last) ? null : row;
      }
      return next != null;
    }

    @Override
    public Tuple2<String, byte[]> next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Tuple2<String, byte[]> row = next;
      last = row._1();
      next = null;
      return row;
    }
  }
}
