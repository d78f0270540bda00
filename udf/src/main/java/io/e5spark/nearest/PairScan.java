package io.e5spark.nearest;

import io.e5spark.onnx.MatrixMultiplier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of the rows of a block and other rows whose score is not below a threshold, product by
 * product.
 */
final class PairScan implements Iterator<NearPair>, AutoCloseable {
  private static final int OTHERS = 1_024;
  private static final int ROWS = 1_024;
  private static final int BYTES_A_BLOCK = 32 << 20;

  private final QueryBlock block;
  private final Iterator<Candidate> others;
  private final float threshold;
  private final RowOrder order;
  private final int dimension;
  private final int rows;
  private final MatrixMultiplier product;
  private final List<byte[]> filled = new ArrayList<>();
  private final float[] scores = new float[OTHERS];
  private int position;
  private int first;
  private int row;
  private int other;
  private @Nullable NearPair next;

  /**
   * A scan.
   *
   * @param position the position of the first other row, counted like the start of the block;
   *     another row forms no pair with rows at or after its position
   */
  PairScan(
      QueryBlock block, Iterator<Candidate> others, int position, float threshold, RowOrder order) {
    this.block = block;
    this.others = others;
    this.position = position;
    this.threshold = threshold;
    this.order = order;
    this.dimension = block.rows().get(0).vector().length;
    this.rows = MatrixMultiplier.evenRows(block.rows().size(), ROWS);
    this.product = new MatrixMultiplier(rows, OTHERS, dimension);
    this.first = block.rows().size();
    this.row = first;
  }

  @Override
  public boolean hasNext() {
    while (next == null && (row < end() || multiply())) {
      next = scan();
    }
    return next != null;
  }

  @Override
  public NearPair next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    NearPair pair = next;
    next = null;
    return pair;
  }

  private int end() {
    return Math.min(block.rows().size(), first + rows);
  }

  /**
   * The next product: of further rows with the same other rows, or of the first rows with new ones.
   */
  private boolean multiply() {
    first += rows;
    if (first >= block.rows().size()) {
      fill();
      first = 0;
    }
    if (filled.isEmpty()) {
      return false;
    }
    row = hasPairs() ? first : end();
    if (row == first) {
      for (int i = first; i < end(); i++) {
        product.left().put((i - first) * dimension, block.rows().get(i).vector());
      }
      product.multiply();
      startRow();
    }
    return true;
  }

  /** Whether the last of the other rows comes after the first of these rows. */
  private boolean hasPairs() {
    return position + filled.size() > block.start() + first + 1;
  }

  private void fill() {
    position += filled.size();
    filled.clear();
    int bytes = 0;
    while (filled.size() < OTHERS && bytes < BYTES_A_BLOCK && others.hasNext()) {
      Candidate one = others.next();
      requireDimension(one);
      product.right().put(filled.size() * dimension, one.vector());
      filled.add(one.row());
      bytes += one.row().length;
    }
  }

  private void requireDimension(Candidate one) {
    if (one.vector().length != dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot compare vectors of %d and %d dimensions: %s",
              dimension,
              one.vector().length,
              order.name(one.row())));
    }
  }

  private void startRow() {
    other = Math.max(0, block.start() + row + 1 - position);
    if (row < end() && other < filled.size()) {
      product.product().get((row - first) * OTHERS, scores, 0, filled.size());
    }
  }

  /** The next pair of the current product; null at its end. */
  private @Nullable NearPair scan() {
    while (row < end()) {
      while (other < filled.size()) {
        int found = other++;
        if (!(scores[found] < threshold)) {
          return pair(block.rows().get(row).row(), filled.get(found), scores[found]);
        }
      }
      row++;
      startRow();
    }
    return null;
  }

  private NearPair pair(byte[] a, byte[] b, float score) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException(
          "Cannot compare %s with %s: their score is NaN".formatted(order.name(a), order.name(b)));
    }
    return order.compare(a, b) <= 0 ? new NearPair(a, b, score) : new NearPair(b, a, score);
  }

  @Override
  public void close() {
    product.close();
  }
}
