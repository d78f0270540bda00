package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TestCandidates {
  private static Iterator<Candidate> of(List<Integer> rows) {
    return Candidates.of(
        rows.iterator(),
        row -> row < 0 ? null : new float[] {row},
        row -> new byte[] {(byte) +row});
  }

  @Test
  void rowsWithoutAVectorAreLeftOut() {
    List<Float> vectors = new ArrayList<>();
    of(List.of(-1, 3, -1, -1, 5, -1)).forEachRemaining(one -> vectors.add(one.vector()[0]));
    assertThat(vectors).containsExactly(3f, 5f);
    assertThat(of(List.of(-1, -1)).hasNext()).isFalse();
  }

  @Test
  void rowIsReadWhenItIsAskedForAndNotBefore() {
    List<Integer> read = new ArrayList<>();
    Iterator<Candidate> candidates =
        Candidates.of(
            List.of(1, 2).iterator(),
            row -> {
              read.add(row);
              return new float[] {row};
            },
            row -> new byte[0]);
    assertThat(candidates.hasNext()).isTrue();
    assertThat(candidates.next().vector()).containsExactly(1);
    assertThat(read).containsExactly(1);
  }

  @Test
  void endIsAnError() {
    assertThatThrownBy(of(List.of())::next).isInstanceOf(NoSuchElementException.class);
  }
}
