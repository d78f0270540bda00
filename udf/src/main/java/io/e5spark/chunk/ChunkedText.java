package io.e5spark.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** One text that is being cut into chunks. */
final class ChunkedText {
  /** An upper estimate of the characters per token. */
  private static final int CHARACTERS_PER_TOKEN = 6;

  private final TokenCounter counter;
  private final String prompt;
  private final String head;
  private final String text;
  private final int budget;
  private final int overlap;
  private final int room;
  private final Graphemes graphemes;
  private final List<Chunk> chunks = new ArrayList<>();
  private int characters;
  private int codePoints;

  /**
   * Starts with an uncut text.
   *
   * @param prompt goes in front of a chunk when it is embedded
   * @param head goes in front of the text of each chunk
   * @param budget the most tokens of prompt, head, text and special tokens together
   * @param room the most tokens of text
   * @param overlap the most tokens that a chunk may repeat from the one before
   */
  ChunkedText(
      TokenCounter counter,
      String prompt,
      String head,
      String text,
      int budget,
      int room,
      int overlap) {
    this.counter = counter;
    this.prompt = prompt;
    this.head = head;
    this.text = text;
    this.budget = budget;
    this.overlap = overlap;
    this.room = room;
    this.graphemes = Graphemes.of(text);
  }

  List<Chunk> chunks() {
    int start = graphemes.skipBlanks(0);
    if (start < text.length() && !fits(start)) {
      cut(start);
    }
    return chunks;
  }

  /** Takes the rest of the text as one chunk if it fits into one. */
  private boolean fits(int start) {
    int end = graphemes.trimmed(text.length());
    if (end - start > budget * CHARACTERS_PER_TOKEN) {
      return false;
    }
    int tokens = tokens(start, end);
    if (tokens <= budget) {
      add(start, end, tokens);
    }
    return tokens <= budget;
  }

  private void cut(int first) {
    Cuts cuts = Cuts.of(text, graphemes);
    int length = budget * CHARACTERS_PER_TOKEN;
    int start = first;
    int covered = first;
    while (covered < text.length()) {
      Window window = Window.of(text, cuts, start, room, length, counter);
      OptionalInt end = end(window, cuts, covered);
      if (end.isEmpty()) {
        // What follows does not fit after the part that it would share with the previous chunk.
        start = covered;
        continue;
      }
      covered = end.getAsInt();
      length = Math.min(window.lengthOf(room, covered), (covered - start) * 3 / 2 + budget);
      start = shared(window, cuts, covered);
    }
  }

  /** Takes a chunk and moves to the place where the next one begins. */
  private OptionalInt end(Window window, Cuts cuts, int covered) {
    for (int most = room; ; ) {
      OptionalInt next = next(window, cuts, covered, most);
      if (next.isEmpty()) {
        return next;
      }
      int place = next.getAsInt();
      int end = Math.max(graphemes.trimmed(place), window.start() + 1);
      int tokens = tokens(window.start(), end);
      boolean isLeast = end <= text.offsetByCodePoints(window.start(), 1);
      if (tokens <= budget || isLeast) {
        add(window.start(), end, tokens);
        return OptionalInt.of(graphemes.skipBlanks(place));
      }
      int before = Math.min(window.tokensBefore(place), most);
      // A word that is cut may have many more tokens than it has whole, as one unknown token.
      most = Math.max(before - Math.max(1, tokens - budget), before / 2);
    }
  }

  private OptionalInt next(Window window, Cuts cuts, int covered, int most) {
    int last = window.lastPlace(Math.max(0, most));
    if (last == text.length()) {
      return OptionalInt.of(last);
    }
    int before = window.tokensBefore(covered);
    double free = Math.max(1, most - before);
    OptionalInt best =
        cuts.lastBest(covered, last, place -> (window.tokensBefore(place) - before) / free);
    return best.isPresent() || window.start() < covered
        ? best
        : OptionalInt.of(inside(window, cuts, most));
  }

  /**
   * A place before the first where a line may end: between two words, else between two characters,
   * else within the first one.
   */
  private int inside(Window window, Cuts cuts, int most) {
    int start = window.start();
    int last = window.lastPlace(Math.max(0, most));
    OptionalInt words = cuts.lastWord(start, last);
    int word = cuts.firstWord(start);
    if (words.isPresent() || isWithinBudget(start, word)) {
      return words.orElse(word);
    }
    int characters = graphemes.atOrBefore(last);
    int character = graphemes.after(start);
    if (characters > start || isWithinBudget(start, character)) {
      return characters > start ? characters : character;
    }
    return Math.max(last, text.offsetByCodePoints(start, 1));
  }

  /** Whether a chunk may end at a place. A window counts its tokens without the prompt. */
  private boolean isWithinBudget(int start, int place) {
    return place - start <= budget * CHARACTERS_PER_TOKEN
        && tokens(start, graphemes.trimmed(place)) <= budget;
  }

  /** The place where the next chunk begins. */
  private int shared(Window window, Cuts cuts, int covered) {
    int tokens = window.tokensBefore(covered);
    int first = Math.max(window.start() + 1, window.lastPlace(Math.max(0, tokens - overlap)));
    return overlap == 0
        ? covered
        : cuts.firstBest(
                first, covered, place -> (tokens - window.tokensBefore(place)) / (double) overlap)
            .orElse(covered);
  }

  private int tokens(int start, int end) {
    return counter.count(prompt + head, text.substring(start, end));
  }

  private void add(int start, int end, int tokens) {
    int first = codePoint(start);
    int last = first + text.codePointCount(start, end);
    chunks.add(new Chunk(chunks.size(), first, last, tokens, head + text.substring(start, end)));
  }

  /** The number of code points before a place, which must not be before an earlier one. */
  private int codePoint(int place) {
    codePoints += text.codePointCount(characters, place);
    characters = place;
    return codePoints;
  }
}
