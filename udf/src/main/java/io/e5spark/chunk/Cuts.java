package io.e5spark.chunk;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * The places where a text may be cut between words, by Unicode's rules: between sentences, and
 * where a word ends and a line may be broken.
 */
final class Cuts {
  private static final BreakIterator SENTENCES = BreakIterator.getSentenceInstance(Locale.ROOT);
  private static final BreakIterator WORDS = BreakIterator.getWordInstance(Locale.ROOT);
  private static final BreakIterator LINES = BreakIterator.getLineInstance(Locale.ROOT);

  private static final String CLAUSE_ENDS = ",;:)]}–—،؛、，；：）」』】》…";
  private static final String SENTENCE_ENDS = ".!?。！？．｡…।॥؟۔";
  private static final int PARAGRAPH_SEPARATOR = 0x2029;
  private static final int LAST_ASCII = 0x7F;

  private final String text;
  private final Graphemes graphemes;
  private final List<Integer> begins = new ArrayList<>();
  private final List<Boundary> boundaries = new ArrayList<>();
  private final BitSet words;

  private Cuts(String text, Graphemes graphemes) {
    this.text = text;
    this.graphemes = graphemes;
    this.words = places(WORDS);
  }

  static Cuts of(String text, Graphemes graphemes) {
    Cuts cuts = new Cuts(text, graphemes);
    cuts.find();
    return cuts;
  }

  private void find() {
    BitSet sentences = places(SENTENCES);
    BitSet places = places(LINES);
    places.and(words);
    places.or(sentences);
    int begin = graphemes.skipBlanks(0);
    for (int end = begin + 1; end < text.length(); end = Math.max(begin, end) + 1) {
      if (graphemes.beginAt(end)) {
        begin = graphemes.skipBlanks(end);
        boolean isSentence = isIn(sentences, end, begin);
        if (isIn(places, end, begin)) {
          add(begin, boundary(end, begin, isSentence));
        } else if (begin > end) {
          add(begin, Boundary.PART);
        }
      }
    }
  }

  private static boolean isIn(BitSet places, int from, int to) {
    int next = places.nextSetBit(from);
    return next >= 0 && next <= to;
  }

  private BitSet places(BreakIterator rules) {
    BreakIterator own = (BreakIterator) rules.clone();
    own.setText(text);
    BitSet places = new BitSet(text.length() + 1);
    for (int place = own.next(); place != BreakIterator.DONE; place = own.next()) {
      places.set(place);
    }
    return places;
  }

  private void add(int begin, Boundary boundary) {
    if (begin < text.length()) {
      begins.add(begin);
      boundaries.add(boundary);
    }
  }

  /**
   * The best cut between two places: the last cut of the strongest kind within the reach of that
   * kind.
   *
   * @param after lies before the cut
   * @param last does not lie before it
   * @param filled gives the share of the budget that the text up to a place fills
   */
  OptionalInt lastBest(int after, int last, IntToDoubleFunction filled) {
    int from = first(after + 1);
    int to = first(last + 1);
    for (Boundary wanted : Boundary.BEST_FIRST) {
      int at = to - 1;
      while (at >= from && boundaries.get(at).compareTo(wanted) < 0) {
        at--;
      }
      if (at >= from && filled.applyAsDouble(begins.get(at)) >= wanted.reach()) {
        return OptionalInt.of(begins.get(at));
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The best cut, looked for from the end: the first of the strongest kind.
   *
   * @param first does not lie after the cut
   * @param before lies after it
   * @param filled gives the share of the overlap that the text from a place on fills
   */
  OptionalInt firstBest(int first, int before, IntToDoubleFunction filled) {
    int from = first(first);
    int to = first(before);
    for (Boundary wanted : Boundary.BEST_FIRST) {
      int at = from;
      while (at < to && boundaries.get(at).compareTo(wanted) < 0) {
        at++;
      }
      if (at < to && filled.applyAsDouble(begins.get(at)) >= wanted.reach()) {
        return OptionalInt.of(begins.get(at));
      }
    }
    return OptionalInt.empty();
  }

  /** What ends before each place at which something begins. */
  Map<Integer, Boundary> all() {
    Map<Integer, Boundary> all = new TreeMap<>();
    for (int at = 0; at < begins.size(); at++) {
      all.put(begins.get(at), boundaries.get(at));
    }
    return all;
  }

  /** The first cut that is not before a place. */
  OptionalInt from(int place) {
    int at = first(place);
    return at < begins.size() ? OptionalInt.of(begins.get(at)) : OptionalInt.empty();
  }

  /** The last place between two where a word ends, whether or not a line may; empty if none. */
  OptionalInt lastWord(int after, int last) {
    int place = words.previousSetBit(last);
    while (place > after && !graphemes.beginAt(place)) {
      place = words.previousSetBit(place - 1);
    }
    return place > after ? OptionalInt.of(place) : OptionalInt.empty();
  }

  /** The place where the first word from a place on ends, whether or not a line may. */
  int firstWord(int start) {
    int place = words.nextSetBit(start + 1);
    while (place > 0 && !graphemes.beginAt(place)) {
      place = words.nextSetBit(place + 1);
    }
    return place < 0 ? text.length() : place;
  }

  /** The number of the first cut that is not before a place. */
  private int first(int place) {
    int found = Collections.binarySearch(begins, place);
    return found < 0 ? -found - 1 : found;
  }

  private Boundary boundary(int end, int begin, boolean isSentence) {
    int lines = lines(end, begin);
    if (lines > 1) {
      return Boundary.PARAGRAPH;
    }
    char last = text.charAt(end - 1);
    // A sentence also ends at the end of each line, although lines may be broken only for their
    // length.
    if (isSentence && (lines == 0 || endsSentence(end))) {
      return Boundary.SENTENCE;
    }
    boolean isSpaced = begin > end;
    if (lines == 1 || (CLAUSE_ENDS.indexOf(last) >= 0 && (isSpaced || last > LAST_ASCII))) {
      return Boundary.CLAUSE;
    }
    return isSpaced ? Boundary.WORD : Boundary.PART;
  }

  /** Whether the mark of a sentence is before a place, or before the closing quotes there. */
  private boolean endsSentence(int end) {
    int last = end - 1;
    while (last > 0 && isClosing(text.charAt(last))) {
      last--;
    }
    return SENTENCE_ENDS.indexOf(text.charAt(last)) >= 0;
  }

  private static boolean isClosing(char mark) {
    return switch (Character.getType(mark)) {
      case Character.END_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> true;
      default -> mark == '"' || mark == '\'';
    };
  }

  /** The number of lines that end between two places; a paragraph separator counts as two. */
  private int lines(int from, int to) {
    int lines = 0;
    for (int at = from; at < to; at++) {
      char mark = text.charAt(at);
      boolean ends = mark == '\n' || mark == '\u0085' || mark == '\u2028';
      boolean isAlone = mark == '\r' && (at + 1 == to || text.charAt(at + 1) != '\n');
      lines += ends || isAlone ? 1 : mark == PARAGRAPH_SEPARATOR ? 2 : 0;
    }
    return lines;
  }
}
