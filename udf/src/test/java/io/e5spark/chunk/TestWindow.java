package io.e5spark.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestWindow {
  private static Window window(String text, int start, int tokens, int length) {
    Cuts cuts = Cuts.of(text, Graphemes.of(text));
    return Window.of(text, cuts, start, tokens, length, new CharacterTokens());
  }

  @Test
  void windowGrowsUntilItHasMoreTokensThanWanted() {
    String text = "word ".repeat(1_000);
    Window window = window(text, 10, 300, 8);
    assertThat(window.start()).isEqualTo(10);
    assertThat(window.starts().length).isBetween(317, 700);
    assertThat(text.charAt(window.end() - 1)).isEqualTo(' ');
  }

  @Test
  void windowEndsWithTheText() {
    assertThat(window("one two", 4, 300, 8)).matches(window -> window.end() == 7);
  }

  @Test
  void windowDoesNotEndWithinASurrogatePair() {
    Window window = window("x" + "😀".repeat(2_000), 0, 10, 100);
    assertThat(window.end() % 2).isEqualTo(1);
  }

  @Test
  void placesAreCharactersOfTheWholeText() {
    Window window = window("😀a😀b", 2, 300, 8);
    assertThat(window.starts()).containsExactly(2, 3, 5);
    assertThat(window.tokensBefore(2)).isZero();
    assertThat(window.tokensBefore(5)).isEqualTo(2);
    assertThat(window.tokensBefore(4)).isEqualTo(2);
    assertThat(window.lastPlace(2)).isEqualTo(5);
    assertThat(window.lastPlace(3)).isEqualTo(6);
  }

  @Test
  void tokensOfOnePlaceAreAllBehindIt() {
    assertThat(new Window(0, 9, new int[] {0, 3, 3, 3, 5}).tokensBefore(3)).isEqualTo(1);
  }
}
