package io.e5spark.nearest;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import scala.Tuple2;

/** The packed keys and best rows of each query of some blocks among some rows; runs in a task. */
final class JoinCell implements Iterator<Tuple2<String, byte[]>> {
  private final Cells cells;
  private final int k;
  private final RowOrder order;
  private Iterator<Tuple2<String, byte[]>> found = Collections.emptyIterator();

  JoinCell(Iterator<Tuple2<QueryBlock, Candidate>> pairs, int k, RowOrder order) {
    this.cells = new Cells(pairs);
    this.k = k;
    this.order = order;
  }

  @Override
  public boolean hasNext() {
    Optional<QueryBlock> block = found.hasNext() ? Optional.empty() : cells.block();
    block.ifPresent(one -> found = search(one));
    return found.hasNext();
  }

  private Iterator<Tuple2<String, byte[]>> search(QueryBlock block) {
    SearchPartition search =
        new SearchPartition(block.vectors(), k, order, SearchPartition.Exclusion.NONE);
    Iterator<Tuple2<Integer, byte[]>> tops = search.search(cells.rows(block));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return tops.hasNext();
      }

      @Override
      public Tuple2<String, byte[]> next() {
        Tuple2<Integer, byte[]> top = tops.next();
        return new Tuple2<>(block.keys().get(top._1()), top._2());
      }
    };
  }

  @Override
  public Tuple2<String, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return found.next();
  }
}
