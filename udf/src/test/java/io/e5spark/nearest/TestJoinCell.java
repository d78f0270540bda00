package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TestJoinCell {
  private static final int K = 3;

  private static Map<String, List<Ids.Found>> found(JoinCell cell) {
    Map<String, List<Ids.Found>> found = new LinkedHashMap<>();
    cell.forEachRemaining(top -> found.put(top._1(), Ids.found(top._2())));
    return found;
  }

  private static List<Ids.Found> nearest(Candidate query, List<Candidate> rows) {
    return rows.stream()
        .map(row -> new Ids.Found(Joined.id(row.row()), Joined.dot(query, row)))
        .sorted(
            Comparator.comparing(Ids.Found::score).thenComparing(Ids.Found::document).reversed())
        .limit(K)
        .toList();
  }

  @Test
  void everyQueryOfEveryBlockFindsItsNearest() {
    List<Candidate> queries = Joined.rows("q", 7, 4, 1);
    List<Candidate> rows = Joined.rows("r", 50, 4, 2);
    List<QueryBlock> blocks =
        List.of(
            Joined.block(0, 0, queries.subList(0, 4)), Joined.block(1, 4, queries.subList(4, 7)));

    Map<String, List<Ids.Found>> found =
        found(new JoinCell(Joined.product(blocks, rows), K, Ids.DESCENDING));

    assertThat(found.keySet()).containsExactly("q0", "q1", "q2", "q3", "q4", "q5", "q6");
    queries.forEach(
        query -> assertThat(found.get(Joined.id(query.row()))).isEqualTo(nearest(query, rows)));
  }

  @Test
  void noRowsGiveNothing() {
    QueryBlock block = Joined.block(0, 0, Joined.rows("q", 2, 2, 1));
    JoinCell cell = new JoinCell(Joined.product(List.of(block), List.of()), K, Ids.DESCENDING);
    assertThat(cell.hasNext()).isFalse();
    assertThatThrownBy(cell::next).isInstanceOf(NoSuchElementException.class);
  }
}
