package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class TestQueryBlocks {
  private static List<QueryBlock> all(QueryBlocks blocks) {
    List<QueryBlock> all = new ArrayList<>();
    blocks.forEachRemaining(all::add);
    return all;
  }

  @Test
  void blocksAreNumberedAndKnowTheirPlace() {
    List<Tuple2<String, byte[]>> rows = Joined.keyed(Joined.rows("r", 40_000, 1, 1));
    List<QueryBlock> blocks = all(new QueryBlocks(rows.iterator(), 10));
    assertThat(blocks).extracting(QueryBlock::number).containsExactly(0, 1, 2);
    assertThat(blocks)
        .extracting(QueryBlock::start)
        .containsExactly(0, QueryBlocks.MOST_ROWS, 2 * QueryBlocks.MOST_ROWS);
    assertThat(blocks.stream().flatMap(block -> block.keys().stream()).toList())
        .isEqualTo(rows.stream().map(Tuple2::_1).toList());
    assertThat(blocks.get(2).vectors()).hasSize(40_000 - 2 * QueryBlocks.MOST_ROWS);
  }

  @Test
  void whatIsFoundBoundsABlockToo() {
    List<Tuple2<String, byte[]>> rows = Joined.keyed(Joined.rows("r", 5, 1, 1));
    assertThat(all(new QueryBlocks(rows.iterator(), 500_000)))
        .extracting(block -> block.keys().size())
        .containsExactly(2, 2, 1);
  }

  @Test
  void rowsThatRepeatTheOneBeforeComeOnce() {
    List<Tuple2<String, byte[]>> rows = new ArrayList<>();
    for (Tuple2<String, byte[]> row : Joined.keyed(Joined.rows("r", 3, 1, 1))) {
      rows.add(row);
      rows.add(row);
      rows.add(row);
    }
    assertThat(all(QueryBlocks.ofDistinct(rows.iterator(), 1)).get(0).keys())
        .containsExactly("r0", "r1", "r2");
    assertThat(all(new QueryBlocks(rows.iterator(), 1)).get(0).keys()).hasSize(9);
  }

  @Test
  void queriesOfSeveralDimensionsAreRefused() {
    List<Tuple2<String, byte[]>> rows =
        Joined.keyed(List.of(Joined.row("a", 1), Joined.row("b", 1, 2)));
    assertThatThrownBy(() -> new QueryBlocks(rows.iterator(), 1).next())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot search: the queries' vectors have 1 and 2 dimensions");
  }

  @Test
  void endIsAnError() {
    QueryBlocks none = new QueryBlocks(List.<Tuple2<String, byte[]>>of().iterator(), 1);
    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }
}
