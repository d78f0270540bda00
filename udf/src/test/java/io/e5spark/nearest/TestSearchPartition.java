package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.nearest.Ids.Found;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class TestSearchPartition {
  /** There are enough documents that unused ids are forgotten twice. */
  private static final int DOCUMENTS = 700_000;

  private static final int K = 40;

  private static Candidate row(String id, float... vector) {
    return new Candidate(id.getBytes(StandardCharsets.UTF_8), vector);
  }

  private static SearchPartition search(int k, List<float[]> queries) {
    return new SearchPartition(queries, k, Ids.DESCENDING, SearchPartition.Exclusion.NONE);
  }

  @Test
  void excludedRowIsNotFound() {
    List<float[]> queries = List.of(new float[] {1, 1}, new float[] {1, 0});
    List<Candidate> rows = List.of(row("a", 1, 2), row("b", 1, 1));
    SearchPartition search =
        new SearchPartition(
            queries, 5, Ids.DESCENDING, (query, row) -> query == 0 && row[0] == 'a');

    Iterator<Tuple2<Integer, byte[]>> tops = search.search(rows.iterator());

    assertThat(Ids.found(tops.next()._2())).containsExactly(new Found("b", 2));
    assertThat(Ids.found(tops.next()._2())).containsExactly(new Found("b", 1), new Found("a", 1));
  }

  @Test
  void rowOfAnotherDimensionIsNamed() {
    SearchPartition search = search(5, List.of(new float[] {1, 1}));
    assertThatThrownBy(() -> search.search(List.of(row("short", 1)).iterator()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot search: row short has a vector of 1 dimensions, the queries' have 2");
  }

  @Test
  void scoreThatIsNoNumberIsNamed() {
    SearchPartition search = search(5, List.of(new float[] {1, 1}));
    assertThatThrownBy(() -> search.search(List.of(row("odd", 1, Float.NaN)).iterator()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot search: the score of row odd is NaN");
  }

  @Test
  void queryThatIsNoNumberIsNotBlamedOnARow() {
    SearchPartition search = search(5, List.of(new float[] {1, 1}, new float[] {1, Float.NaN}));
    assertThatThrownBy(() -> search.search(List.of(row("fine", 1, 0)).iterator()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot search: the vector of a query has a component that is not a number");
  }

  @Test
  void largeRowsGoInSmallerBlocks() {
    byte[] large = new byte[9 << 20];
    List<Candidate> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      byte[] row = large.clone();
      row[0] = (byte) i;
      rows.add(new Candidate(row, new float[] {i}));
    }
    Iterator<Tuple2<Integer, byte[]>> tops =
        search(3, List.of(new float[] {1})).search(rows.iterator());
    assertThat(TopDocuments.unpacked(tops.next()._2()))
        .extracting(one -> (int) one.row()[0])
        .containsExactly(11, 10, 9);
  }

  @Test
  void idsStayWithTheirScoresInALargePartition() {
    Random random = new Random(3);
    List<Found> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      // There are few distinct scores, which gives ties. Later scores are higher and displace
      // earlier rows.
      documents.add(new Found("d" + i, (random.nextInt(200) + i / 10_000) / 512f));
    }
    List<float[]> queries = List.of(new float[] {1, 0}, new float[] {-1, 0}, new float[] {0, 1});
    Iterator<Candidate> rows =
        IntStream.range(0, DOCUMENTS)
            .mapToObj(i -> row("d" + i, (float) documents.get(i).score(), i % 7 / 8f))
            .iterator();

    List<List<Found>> found = new ArrayList<>();
    Iterator<Tuple2<Integer, byte[]>> tops = search(K, queries).search(rows);
    tops.forEachRemaining(top -> found.add(Ids.found(top._2())));

    assertThat(found.get(0)).isEqualTo(TestTopDocuments.sorted(K, documents));
    assertThat(found.get(1))
        .isEqualTo(
            TestTopDocuments.sorted(
                K,
                documents.stream()
                    .map(one -> new Found(one.document(), 0 - one.score()))
                    .toList()));
    assertThat(found.get(2))
        .isEqualTo(
            TestTopDocuments.sorted(
                K,
                IntStream.range(0, DOCUMENTS)
                    .mapToObj(i -> new Found("d" + i, i % 7 / 8f))
                    .toList()));
  }
}
