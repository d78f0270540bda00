package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TestPairCell {
  @Test
  void blocksOfOnePartitionGiveEachPairOnce() {
    List<Candidate> rows = Joined.rows("r", 9, 2, 3);
    List<QueryBlock> blocks =
        List.of(Joined.block(0, 0, rows.subList(0, 4)), Joined.block(1, 4, rows.subList(4, 9)));
    List<String> pairs = new ArrayList<>();
    try (PairCell cell = new PairCell(Joined.product(blocks, rows), 0, -1_000, Ids.DESCENDING)) {
      cell.forEachRemaining(
          pair -> pairs.add(Joined.id(pair.first()) + " " + Joined.id(pair.second())));
    }
    assertThat(pairs).hasSize(9 * 8 / 2).doesNotHaveDuplicates();
  }

  @Test
  void noRowsGiveNothing() {
    try (PairCell cell = new PairCell(Joined.product(List.of(), List.of()), 0, 0, Ids.DESCENDING)) {
      assertThat(cell.hasNext()).isFalse();
      assertThatThrownBy(cell::next).isInstanceOf(NoSuchElementException.class);
    }
  }
}
