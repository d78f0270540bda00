package io.e5spark.nearest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The near pairs between the blocks of one partition and the rows of another; runs in a task. */
final class PairCell implements Iterator<NearPair>, AutoCloseable {
  private final Cells cells;
  private final int position;
  private final float threshold;
  private final RowOrder order;
  private @Nullable PairScan scan;

  /**
   * A cell.
   *
   * @param position the position of the first row: 0 if both sides are the same partition, and
   *     otherwise after all blocks
   */
  PairCell(
      Iterator<Tuple2<QueryBlock, Candidate>> pairs,
      int position,
      float threshold,
      RowOrder order) {
    this.cells = new Cells(pairs);
    this.position = position;
    this.threshold = threshold;
    this.order = order;
  }

  @Override
  public boolean hasNext() {
    while (scan == null || !scan.hasNext()) {
      close();
      Optional<QueryBlock> block = cells.block();
      if (block.isEmpty()) {
        return false;
      }
      scan = new PairScan(block.get(), cells.rows(block.get()), position, threshold, order);
    }
    return true;
  }

  @Override
  public NearPair next() {
    if (!hasNext() || scan == null) {
      throw new NoSuchElementException();
    }
    return scan.next();
  }

  @Override
  public void close() {
    if (scan != null) {
      scan.close();
      scan = null;
    }
  }
}
