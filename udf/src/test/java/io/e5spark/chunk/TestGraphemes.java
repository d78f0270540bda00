package io.e5spark.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestGraphemes {
  @Test
  void marksAndJoinedCharactersBelongToWhatIsBefore() {
    Graphemes graphemes = Graphemes.of("ae\u0301👍🏽b");
    assertThat(graphemes.beginAt(1)).isTrue();
    assertThat(graphemes.beginAt(2)).isFalse();
    assertThat(graphemes.atOrBefore(2)).isEqualTo(1);
    assertThat(graphemes.atOrBefore(6)).isEqualTo(3);
    assertThat(graphemes.beginAt(7)).isTrue();
    assertThat(graphemes.beginAt(8)).isTrue();
  }

  @Test
  void whiteSpaceIsSkippedButNotUnderAMark() {
    assertThat(Graphemes.of("a \r\n\u3000b").skipBlanks(1)).isEqualTo(5);
    assertThat(Graphemes.of("a \r\n\u3000b").trimmed(5)).isEqualTo(1);
    assertThat(Graphemes.of("a  \u0301b").skipBlanks(1)).isEqualTo(2);
    assertThat(Graphemes.of("a  \u0301b").trimmed(2)).isEqualTo(1);
    assertThat(Graphemes.of("a  \u0301").trimmed(4)).isEqualTo(4);
    assertThat(Graphemes.of(" \n").skipBlanks(0)).isEqualTo(2);
    assertThat(Graphemes.of(" \n").trimmed(2)).isZero();
  }
}
