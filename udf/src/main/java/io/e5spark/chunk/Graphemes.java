package io.e5spark.chunk;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the characters of a text begin, as people see them: its extended grapheme clusters. */
final class Graphemes {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  /** Below this code point, a carriage return with its line feed is the only cluster of two. */
  private static final int FIRST_MARK = 0x300;

  private static final int NEXT_LINE = 0x85;

  private final String text;
  private final BitSet starts;

  private Graphemes(String text, BitSet starts) {
    this.text = text;
    this.starts = starts;
  }

  static Graphemes of(String text) {
    BitSet starts = new BitSet(text.length() + 1);
    starts.set(0, text.length() + 1);
    boolean plain = text.chars().allMatch(unit -> unit < FIRST_MARK && unit != '\r');
    return plain ? new Graphemes(text, starts) : new Graphemes(text, found(text));
  }

  private static BitSet found(String text) {
    BitSet starts = new BitSet(text.length() + 1);
    Matcher clusters = CLUSTER.matcher(text);
    while (clusters.find()) {
      starts.set(clusters.start());
    }
    starts.set(text.length());
    return starts;
  }

  /** Whether a character begins here, or the text ends. */
  boolean beginAt(int place) {
    return starts.get(place);
  }

  /** The last place at or before this one where a character begins. */
  int atOrBefore(int place) {
    return starts.previousSetBit(place);
  }

  /** The first beginning behind a place that is not the text's end. */
  int after(int place) {
    return starts.nextSetBit(place + 1);
  }

  /** The first place from here on that is not white space. */
  int skipBlanks(int place) {
    int next = place;
    while (next < text.length() && areBlank(next, starts.nextSetBit(next + 1))) {
      next = starts.nextSetBit(next + 1);
    }
    return next;
  }

  /** The place after the last character before here that is not white space. */
  int trimmed(int place) {
    int end = place;
    while (end > 0 && areBlank(starts.previousSetBit(end - 1), end)) {
      end = starts.previousSetBit(end - 1);
    }
    return end;
  }

  private boolean areBlank(int from, int to) {
    for (int at = from; at < to; at++) {
      if (!isBlank(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a character is white space of any kind. */
  static boolean isBlank(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == NEXT_LINE;
  }
}
