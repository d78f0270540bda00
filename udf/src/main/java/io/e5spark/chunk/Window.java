package io.e5spark.chunk;

import java.util.Arrays;

/** The tokens of a part of a text. All places are places of the whole text, in characters. */
final class Window {
  /** The number of tokens at the end of a part that the following text may change. */
  private static final int UNSETTLED = 16;

  /** The part of a text that is tried is longer by this factor than the one before it was. */
  private static final double SPARE = 1.25;

  /** The tokenizer makes a longer word one unknown token, while a part of it could be many. */
  private static final int LONGEST_WORD = 512;

  private final int start;
  private final int end;
  private final int[] starts;

  /**
   * A part with its tokens.
   *
   * @param end the place after the part
   * @param starts the places where its tokens begin, ascending
   */
  Window(int start, int end, int[] starts) {
    this.start = start;
    this.end = end;
    this.starts = starts;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** The places where its tokens begin. Not a copy. */
  int[] starts() {
    return starts;
  }

  /**
   * So much of a text that it has more than a number of settled tokens, or else the whole rest.
   *
   * @param length the length of the first try, in characters
   */
  static Window of(
      String text, Cuts cuts, int start, int tokens, int length, TokenCounter counter) {
    for (long tried = length; ; tried *= 2) {
      int end = end(text, cuts, start + tried);
      int[] starts = places(text, start, counter.starts(text.substring(start, end)));
      if (end == text.length() || starts.length > tokens + UNSETTLED) {
        return new Window(start, end, starts);
      }
    }
  }

  private static int end(String text, Cuts cuts, long end) {
    if (end + LONGEST_WORD >= text.length()) {
      return text.length();
    }
    int place = Math.min(cuts.from((int) end).orElse(text.length()), (int) end + LONGEST_WORD);
    boolean isInside = Character.isSurrogatePair(text.charAt(place - 1), text.charAt(place));
    return isInside ? place + 1 : place;
  }

  private static int[] places(String text, int start, int[] codePoints) {
    int[] places = new int[codePoints.length];
    int place = start;
    int passed = 0;
    for (int i = 0; i < places.length; i++) {
      place = text.offsetByCodePoints(place, codePoints[i] - passed);
      passed = codePoints[i];
      places[i] = place;
    }
    return places;
  }

  /** The number of tokens that begin before a place. */
  int tokensBefore(int place) {
    int found = Arrays.binarySearch(starts, place);
    while (found > 0 && starts[found - 1] == place) {
      found--;
    }
    return found < 0 ? -found - 1 : found;
  }

  /**
   * The length of a text that probably has more than a number of settled tokens, in characters,
   * judged by the part before a place. Words that the tokenizer does not know make it too long.
   */
  int lengthOf(int tokens, int place) {
    double perToken = (double) (place - start) / Math.max(1, tokensBefore(place));
    return (int) (SPARE * perToken * (tokens + UNSETTLED));
  }

  /** The last place that has at most so many tokens before it. */
  int lastPlace(int tokens) {
    return tokens < starts.length ? starts[tokens] : end;
  }
}
