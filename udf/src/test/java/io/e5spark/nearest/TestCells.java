package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TestCells {
  private static final List<Candidate> ROWS = Joined.rows("r", 3, 2, 1);
  private static final QueryBlock FIRST = Joined.block(0, 0, Joined.rows("a", 2, 2, 2));
  private static final QueryBlock SECOND = Joined.block(1, 2, Joined.rows("b", 1, 2, 3));

  @Test
  void everyBlockMeetsItsOwnRowsOneBlockAfterTheOther() {
    Cells cells = new Cells(Joined.product(List.of(FIRST, SECOND), ROWS));
    for (QueryBlock block : List.of(FIRST, SECOND)) {
      assertThat(cells.block()).contains(block);
      List<Candidate> rows = new ArrayList<>();
      cells.rows(block).forEachRemaining(rows::add);
      assertThat(rows).isEqualTo(ROWS);
    }
    assertThat(cells.block()).isEmpty();
  }

  @Test
  void rowsOfABlockEndWhereThoseOfTheNextBegin() {
    Cells cells = new Cells(Joined.product(List.of(FIRST, SECOND), ROWS.subList(0, 1)));
    Iterator<Candidate> rows = cells.rows(FIRST);
    rows.next();
    assertThat(rows.hasNext()).isFalse();
    assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
    assertThat(cells.rows(SECOND).next()).isSameAs(ROWS.get(0));
  }

  @Test
  void noPairsAreNoBlock() {
    assertThat(new Cells(Joined.product(List.of(FIRST), List.of())).block()).isEmpty();
  }
}
