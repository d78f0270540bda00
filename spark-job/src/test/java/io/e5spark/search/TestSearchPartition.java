package io.e5spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.metric.ScoredDocument;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class TestSearchPartition {
  /** More than are kept by number before the unused are forgotten, twice. */
  private static final int DOCUMENTS = 700_000;

  private static final int K = 40;

  private static InternalRow row(String id, float... vector) {
    return new GenericInternalRow(
        new Object[] {UTF8String.fromString(id), UnsafeArrayData.fromPrimitiveArray(vector)});
  }

  @Test
  void documentWhoseVectorHasANullElementIsNotFound() {
    UnsafeArrayData holed = UnsafeArrayData.fromPrimitiveArray(new float[] {9, 9});
    holed.setNullAt(1);
    Object[] boxed = {9f, null};
    List<InternalRow> rows =
        List.of(
            new GenericInternalRow(new Object[] {UTF8String.fromString("holed"), holed}),
            new GenericInternalRow(
                new Object[] {UTF8String.fromString("boxed"), new GenericArrayData(boxed)}),
            new GenericInternalRow(new Object[] {UTF8String.fromString("none"), null}),
            row("whole", 1, 2));
    QueryVectors queries = new QueryVectors(List.of("q"), List.of(new float[] {1, 1}));

    Tuple2<Integer, byte[]> top =
        new SearchPartition(queries, 5, true, VectorReader.ARRAYS).search(rows.iterator()).next();

    assertThat(TopDocuments.unpacked(top._2())).containsExactly(new ScoredDocument("whole", 3));
  }

  @Test
  void idsStayWithTheirScoresInALargePartition() {
    Random random = new Random(3);
    List<ScoredDocument> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      // Few different scores, and more and more of them high: ties, and old ones displaced.
      documents.add(new ScoredDocument("d" + i, (random.nextInt(200) + i / 10_000) / 512f));
    }
    QueryVectors queries =
        new QueryVectors(
            List.of("a", "b", "c"),
            List.of(new float[] {1, 0}, new float[] {-1, 0}, new float[] {0, 1}));
    Iterator<InternalRow> rows =
        IntStream.range(0, DOCUMENTS)
            .mapToObj(i -> row("d" + i, (float) documents.get(i).score(), i % 7 / 8f))
            .iterator();

    List<List<ScoredDocument>> found = new ArrayList<>();
    Iterator<Tuple2<Integer, byte[]>> tops =
        new SearchPartition(queries, K, true, VectorReader.ARRAYS).search(rows);
    tops.forEachRemaining(top -> found.add(TopDocuments.unpacked(top._2())));

    assertThat(found.get(0)).isEqualTo(TestTopDocuments.sorted(K, documents));
    assertThat(found.get(1))
        .isEqualTo(
            TestTopDocuments.sorted(
                K,
                documents.stream()
                    .map(one -> new ScoredDocument(one.document(), 0 - one.score()))
                    .toList()));
    assertThat(found.get(2))
        .isEqualTo(
            TestTopDocuments.sorted(
                K,
                IntStream.range(0, DOCUMENTS)
                    .mapToObj(i -> new ScoredDocument("d" + i, i % 7 / 8f))
                    .toList()));
  }
}
