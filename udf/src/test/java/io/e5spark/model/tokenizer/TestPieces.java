package io.e5spark.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestPieces {
  @Test
  void aPieceReachesAcrossWhereItBeginsBeforeAndEndsBehind() {
    Pieces pieces = new Pieces();
    pieces.add("bcd");
    pieces.add("x");
    pieces.sorted();
    assertThat(pieces.longest()).isEqualTo(3);
    assertThat(IntStream.rangeClosed(0, 6).filter(i -> pieces.reachAcross("abcdex", i)))
        .containsExactly(2, 3);
    assertThat(IntStream.rangeClosed(0, 6).filter(i -> pieces.reachAcross("abcxde", i))).isEmpty();
  }

  @Test
  void manyPiecesAreKnown() {
    Pieces pieces = new Pieces();
    IntStream.range(0, 5_000).forEach(i -> pieces.add("p" + i));
    pieces.sorted();
    assertThat(IntStream.range(0, 5_000)).allMatch(i -> pieces.reachAcross("p" + i, 1));
    assertThat(pieces.reachAcross("q17", 1)).isFalse();
  }
}
