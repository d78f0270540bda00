package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.nearest.Ids.Found;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class TestMergedTops {
  private static Found document(String id, double score) {
    return new Found(id, score);
  }

  private static Tuple2<Integer, byte[]> top(int query, Found... documents) {
    DocumentIds ids = new DocumentIds();
    TopDocuments top = new TopDocuments(10, ids, Ids.DESCENDING);
    for (Found one : documents) {
      top.add((float) one.score(), ids.add(one.document().getBytes(StandardCharsets.UTF_8)));
    }
    return new Tuple2<>(query, top.packed());
  }

  private static MergedTops<Integer> merged(int k, List<Tuple2<Integer, byte[]>> tops) {
    return new MergedTops<>(tops.iterator(), k, Ids.DESCENDING);
  }

  private static List<Found> documents(Tuple2<Integer, byte[]> top) {
    return Ids.found(top._2());
  }

  @Test
  void neighboursOfAQueryBecomeOne() {
    MergedTops<Integer> merged =
        merged(
            3,
            List.of(
                top(4, document("a", 3), document("b", 1)),
                top(4, document("c", 2)),
                top(4, document("d", 0.5))));
    Tuple2<Integer, byte[]> top = merged.next();
    assertThat(top._1()).isEqualTo(4);
    assertThat(documents(top))
        .containsExactly(document("a", 3), document("c", 2), document("b", 1));
    assertThat(merged.hasNext()).isFalse();
  }

  @Test
  void queriesStayApart() {
    MergedTops<Integer> merged =
        merged(
            2,
            List.of(
                top(0, document("a", 1)),
                top(1, document("a", 9)),
                top(1, document("b", 8)),
                top(1_000, document("c", 7)),
                top(1_000, document("d", 6))));
    List<Integer> queries = new ArrayList<>();
    List<List<Found>> found = new ArrayList<>();
    merged.forEachRemaining(
        top -> {
          queries.add(top._1());
          found.add(documents(top));
        });
    assertThat(queries).containsExactly(0, 1, 1_000);
    assertThat(found)
        .containsExactly(
            List.of(document("a", 1)),
            List.of(document("a", 9), document("b", 8)),
            List.of(document("c", 7), document("d", 6)));
  }

  @Test
  void equalScoresOfDifferentPartsGoById() {
    MergedTops<Integer> merged =
        merged(
            2,
            List.of(top(0, document("b", 1)), top(0, document("c", 1)), top(0, document("a", 1))));
    assertThat(documents(merged.next())).containsExactly(document("c", 1), document("b", 1));
  }

  @Test
  void queryThatFoundNothingStays() {
    MergedTops<Integer> merged = merged(2, List.of(top(0), top(0), top(1, document("a", 1))));
    Tuple2<Integer, byte[]> nothing = merged.next();
    assertThat(nothing._1()).isZero();
    assertThat(documents(nothing)).isEmpty();
    assertThat(documents(merged.next())).containsExactly(document("a", 1));
  }

  @Test
  void onlyOneTopIsReadAhead() {
    List<Integer> read = new ArrayList<>();
    Iterator<Tuple2<Integer, byte[]>> tops =
        List.of(0, 0, 1, 2).stream().peek(read::add).map(query -> top(query)).iterator();
    MergedTops<Integer> merged = new MergedTops<>(tops, 2, Ids.DESCENDING);
    assertThat(read).hasSize(1);
    merged.next();
    assertThat(read).hasSize(3);
  }

  @Test
  void endIsAnError() {
    MergedTops<Integer> merged = merged(2, List.of());
    assertThat(merged.hasNext()).isFalse();
    assertThatThrownBy(merged::next).isInstanceOf(NoSuchElementException.class);
  }
}
