package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPairScan {
  private static final int ELSEWHERE = Integer.MAX_VALUE / 2;

  private static List<String> pairs(
      QueryBlock block, List<Candidate> others, int position, float threshold) {
    List<String> pairs = new ArrayList<>();
    try (PairScan scan =
        new PairScan(block, others.iterator(), position, threshold, Ids.DESCENDING)) {
      scan.forEachRemaining(
          pair ->
              pairs.add(
                  Joined.id(pair.first()) + " " + Joined.id(pair.second()) + " " + pair.score()));
    }
    return pairs;
  }

  private static String pair(Candidate a, Candidate b) {
    boolean before = Ids.DESCENDING.compare(a.row(), b.row()) <= 0;
    return Joined.id((before ? a : b).row())
        + " "
        + Joined.id((before ? b : a).row())
        + " "
        + Joined.dot(a, b);
  }

  /**
   * Either side may have more rows than one product takes. The block begins at row {@code start}.
   */
  @ParameterizedTest
  @CsvSource({"0, 1500", "700, 300", "4200, 800"})
  void rowsOfOnePartitionMeetThoseBehindThem(int start, int count) {
    List<Candidate> rows = Joined.rows("r", 5_000, 3, 4);
    List<String> expected = new ArrayList<>();
    for (int i = start; i < start + count; i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        if (Joined.dot(rows.get(i), rows.get(j)) >= 44) {
          expected.add(pair(rows.get(i), rows.get(j)));
        }
      }
    }
    QueryBlock block = Joined.block(0, start, rows.subList(start, start + count));
    assertThat(pairs(block, rows, 0, 44))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void rowsOfOtherPartitionsMeetAll() {
    List<Candidate> rows = Joined.rows("r", 5, 3, 4);
    List<Candidate> others = Joined.rows("s", 6, 3, 5);
    assertThat(pairs(Joined.block(0, 0, rows), others, ELSEWHERE, -1_000)).hasSize(30);
  }

  @Test
  void scoreAtTheThresholdIsNear() {
    QueryBlock block = Joined.block(0, 0, List.of(Joined.row("a", 2)));
    List<Candidate> others = List.of(Joined.row("b", 3), Joined.row("c", 2.5f));
    assertThat(pairs(block, others, ELSEWHERE, 6)).containsExactly("b a 6.0");
  }

  @Test
  void oddRowsAreNamed() {
    QueryBlock block = Joined.block(0, 0, List.of(Joined.row("a", 1)));
    assertThatThrownBy(() -> pairs(block, List.of(Joined.row("b", 1, 2)), ELSEWHERE, 0))
        .hasMessage("Cannot compare vectors of 1 and 2 dimensions: row b");
    assertThatThrownBy(() -> pairs(block, List.of(Joined.row("b", Float.NaN)), ELSEWHERE, 0))
        .hasMessage("Cannot compare row a with row b: their score is NaN");
  }

  @Test
  void endIsAnError() {
    QueryBlock block = Joined.block(0, 0, List.of(Joined.row("a", 1)));
    try (PairScan scan =
        new PairScan(block, List.<Candidate>of().iterator(), 0, 0, Ids.DESCENDING)) {
      assertThat(scan.hasNext()).isFalse();
      assertThatThrownBy(scan::next).isInstanceOf(NoSuchElementException.class);
    }
  }
}
