package io.e5spark.nearest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Pairs of a block and a row, as a product of data sets gives them: one block after the other. */
final class Cells {
  private final Iterator<Tuple2<QueryBlock, Candidate>> pairs;
  private @Nullable Tuple2<QueryBlock, Candidate> next;

  Cells(Iterator<Tuple2<QueryBlock, Candidate>> pairs) {
    this.pairs = pairs;
    read();
  }

  private void read() {
    next = pairs.hasNext() ? pairs.next() : null;
  }

  /** The next block, once the rows of the previous one have been read; empty at the end. */
  Optional<QueryBlock> block() {
    return next == null ? Optional.empty() : Optional.of(next._1());
  }

  /** The rows beside a block, which must be read to their end. */
  Iterator<Candidate> rows(QueryBlock block) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return next != null && next._1().number() == block.number();
      }

      @Override
      public Candidate next() {
        if (next == null || !hasNext()) {
          throw new NoSuchElementException();
        }
        Candidate row = next._2();
        read();
        return row;
      }
    };
  }
}
