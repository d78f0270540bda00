package io.e5spark.search;

import io.e5spark.onnx.MatrixMultiplier;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * The best documents of one partition for each query of a block; runs in a task. Documents go
 * through in blocks of one size: block of queries times block of documents, then a scan of the
 * scores against each query's threshold.
 */
final class SearchPartition {
  private static final int DOCUMENTS = 4_096;
  private static final int QUERIES = 1_024;

  private final QueryVectors queries;
  private final byte[][] queryIds;
  private final boolean keepIdenticalIds;
  private final VectorReader reader;
  private final TopDocuments[] best;
  private final int rows;
  private final int dimension;
  private final DocumentIds ids = new DocumentIds();
  private final float[] scores = new float[DOCUMENTS];
  private int loaded = -1;

  SearchPartition(QueryVectors queries, int k, boolean keepIdenticalIds, VectorReader reader) {
    this.reader = reader;
    this.queries = queries;
    this.queryIds = queries.encodedIds();
    this.keepIdenticalIds = keepIdenticalIds;
    this.best = new TopDocuments[queries.size()];
    Arrays.setAll(best, query -> new TopDocuments(k, ids));
    // A single row would be multiplied by other code, with other last bits.
    this.rows = Math.max(2, Math.min(QUERIES, queries.size()));
    this.dimension = queries.dimension();
  }

  /** Query number and best documents, packed, for every query. */
  Iterator<Tuple2<Integer, byte[]>> search(Iterator<InternalRow> rows) {
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
   * The next documents that have a vector, whole; what is left of the block keeps its old vectors,
   * which are not looked at.
   */
  private int fill(Iterator<InternalRow> rows, FloatBuffer block) {
    int count = 0;
    while (count < DOCUMENTS && rows.hasNext()) {
      InternalRow row = rows.next();
      if (!reader.isWhole(row)) {
        continue;
      }
      FloatBuffer vector = reader.read(row, dimension);
      if (vector == null) {
        throw new IllegalArgumentException(
            "Cannot search: document %s has a vector of %s"
                .formatted(row.getUTF8String(0), reader.unlike(row, dimension)));
      }
      ids.add(row.getUTF8String(0).getBytes());
      block.put(count * dimension, vector, 0, dimension);
      count++;
    }
    return count;
  }

  private void multiply(MatrixMultiplier product, int first) {
    if (first != loaded) {
      int count = Math.min(rows, queries.size() - first);
      for (int i = 0; i < count; i++) {
        product.left().put(i * dimension, queries.vectors().get(first + i));
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
      requireNumber(scores[i], firstDocument + i);
      if (keepIdenticalIds || !QueryVectors.same(queryIds[query], ids.id(firstDocument + i))) {
        top.add(scores[i], firstDocument + i);
        threshold = top.threshold();
      }
    }
  }

  /** NaN is not below the threshold either, so it would pass unseen. */
  private void requireNumber(float score, int document) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException(
          "Cannot search: the score of document %s is NaN"
              .formatted(new String(ids.id(document), StandardCharsets.UTF_8)));
    }
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
