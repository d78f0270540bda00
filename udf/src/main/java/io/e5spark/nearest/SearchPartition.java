package io.e5spark.nearest;

import io.e5spark.onnx.MatrixMultiplier;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import scala.Tuple2;

/**
 * The best documents of one partition for each query of a block; runs in a task. Documents pass in
 * blocks of one size: a block of queries is multiplied with a block of documents, and the scores
 * are compared with the threshold of each query.
 */
public final class SearchPartition {
  private static final int DOCUMENTS = 1_024;
  private static final int QUERIES = 1_024;

  /** Bounds what is kept of the documents of a block. */
  private static final int BYTES_A_BLOCK = 32 << 20;

  private final List<float[]> queries;
  private final RowOrder order;
  private final Exclusion excluded;
  private final TopDocuments[] best;
  private final int rows;
  private final int dimension;
  private final DocumentIds ids = new DocumentIds();
  private final float[] scores = new float[DOCUMENTS];
  private int loaded = -1;

  /** The documents that a query must not find. */
  @FunctionalInterface
  public interface Exclusion {
    /** Excludes nothing. */
    Exclusion NONE = (query, row) -> false;

    /** Whether a query, given by its number, must not find a document. */
    boolean excludes(int query, byte[] row);
  }

  /**
   * A search for these queries.
   *
   * @param queries at least one vector, all of one dimension
   * @param k the number of documents per query
   * @param order the order of documents with equal scores
   */
  public SearchPartition(List<float[]> queries, int k, RowOrder order, Exclusion excluded) {
    this.queries = queries;
    this.order = order;
    this.excluded = excluded;
    this.best = new TopDocuments[queries.size()];
    Arrays.setAll(best, query -> new TopDocuments(k, ids, order));
    this.rows = MatrixMultiplier.evenRows(queries.size(), QUERIES);
    this.dimension = queries.get(0).length;
  }

  /** The number of each query with its best documents, packed. */
  public Iterator<Tuple2<Integer, byte[]>> search(Iterator<Candidate> rows) {
    if (!rows.hasNext()) {
      return List.<Tuple2<Integer, byte[]>>of().iterator();
    }
    try (MatrixMultiplier product = new MatrixMultiplier(this.rows, DOCUMENTS, dimension)) {
      while (rows.hasNext()) {
        forgetUnused();
        int count = fill(rows, product.right());
        for (int first = 0; first < queries.size(); first += this.rows) {
          multiply(product, first);
          scan(product.product(), first, count);
        }
      }
    }
    return IntStream.range(0, best.length)
        .mapToObj(query -> new Tuple2<>(query, best[query].packed()))
        .iterator();
  }

  /**
   * Fills the block with the next documents; the rest of the block keeps its old vectors, which are
   * not looked at.
   */
  private int fill(Iterator<Candidate> rows, FloatBuffer block) {
    int count = 0;
    int bytes = 0;
    while (count < DOCUMENTS && bytes < BYTES_A_BLOCK && rows.hasNext()) {
      Candidate row = rows.next();
      requireDimension(row);
      ids.add(row.row());
      block.put(count * dimension, row.vector());
      bytes += row.row().length;
      count++;
    }
    return count;
  }

  private void requireDimension(Candidate row) {
    if (row.vector().length != dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot search: %s has a vector of %d dimensions, the queries' have %d",
              order.name(row.row()),
              row.vector().length,
              dimension));
    }
  }

  private void multiply(MatrixMultiplier product, int first) {
    if (first != loaded) {
      int count = Math.min(rows, queries.size() - first);
      for (int i = 0; i < count; i++) {
        product.left().put(i * dimension, queries.get(first + i));
      }
      loaded = first;
    }
    product.multiply();
  }

  private void scan(FloatBuffer product, int first, int count) {
    int last = Math.min(first + rows, queries.size());
    for (int query = first; query < last; query++) {
      product.get((query - first) * DOCUMENTS, scores, 0, count);
      scan(query, count);
    }
  }

  private void scan(int query, int count) {
    TopDocuments top = best[query];
    int firstDocument = ids.size() - count;
    float threshold = top.threshold();
    for (int i = 0; i < count; i++) {
      if (scores[i] < threshold) {
        continue;
      }
      requireNumber(scores[i], query, firstDocument + i);
      if (!excluded.excludes(query, ids.id(firstDocument + i))) {
        top.add(scores[i], firstDocument + i);
        threshold = top.threshold();
      }
    }
  }

  /** NaN is not below the threshold either, so it would pass unnoticed. */
  private void requireNumber(float score, int query, int document) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException(
          hasNumbers(queries.get(query))
              ? "Cannot search: the score of %s is NaN".formatted(order.name(ids.id(document)))
              : "Cannot search: the vector of a query has a component that is not a number");
    }
  }

  private static boolean hasNumbers(float[] vector) {
    for (float component : vector) {
      if (!Float.isFinite(component)) {
        return false;
      }
    }
    return true;
  }

  private void forgetUnused() {
    if (ids.isLarge()) {
      BitSet used = new BitSet(ids.size());
      for (TopDocuments top : best) {
        top.addNumbers(used);
      }
      int[] numbers = ids.retain(used);
      for (TopDocuments top : best) {
        top.renumber(numbers);
      }
    }
  }
}
