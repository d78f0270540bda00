package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class TestNeighbours {
  private static Tuple2<String, byte[]> query(String key, String row) {
    return new Tuple2<>(key, Joined.row(row, 1).packed());
  }

  private static Tuple2<String, byte[]> top(String key, String... rows) {
    DocumentIds ids = new DocumentIds();
    TopDocuments top = new TopDocuments(9, ids, Ids.DESCENDING);
    for (int i = 0; i < rows.length; i++) {
      top.add(-i, ids.add(rows[i].getBytes(StandardCharsets.UTF_8)));
    }
    return new Tuple2<>(key, top.packed());
  }

  @Test
  void queriesMeetWhatWasFoundForTheirKeys() {
    List<Tuple2<String, byte[]>> queries =
        List.of(query("a", "first"), query("b", "nothing"), query("c", "one"), query("c", "other"));
    Neighbours neighbours =
        new Neighbours(
            queries.iterator(),
            List.of(top("a", "x", "y"), top("bb", "no"), top("c", "z")).iterator(),
            Unmatched.LEFT_OUT);

    List<String> found = new ArrayList<>();
    neighbours.forEachRemaining(
        one ->
            found.add(
                Joined.id(one.query())
                    + " "
                    + Joined.id(one.row())
                    + " "
                    + one.score()
                    + " "
                    + one.rank()));

    assertThat(found)
        .containsExactly("first x 0.0 1", "first y -1.0 2", "one z 0.0 1", "other z 0.0 1");
  }

  @Test
  void endIsAnError() {
    Neighbours none =
        new Neighbours(
            List.of(query("a", "q")).iterator(),
            List.<Tuple2<String, byte[]>>of().iterator(),
            Unmatched.LEFT_OUT);
    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void queriesForWhichNothingIsFoundMayBeKept() {
    List<Tuple2<String, byte[]>> queries =
        List.of(query("a", "first"), query("b", "nothing"), query("c", "last"));
    Neighbours neighbours =
        new Neighbours(queries.iterator(), List.of(top("a", "x")).iterator(), Unmatched.KEPT);

    List<String> found = new ArrayList<>();
    neighbours.forEachRemaining(one -> found.add(Joined.id(one.query()) + " " + one.isFound()));

    assertThat(found).containsExactly("first true", "nothing false", "last false");
  }
}
