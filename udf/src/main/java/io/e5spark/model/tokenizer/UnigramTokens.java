package io.e5spark.model.tokenizer;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Unigram takes the likeliest of all divisions of a word into pieces, and in a script without
 * spaces, a word may be a whole text. What follows can change the division far back: with the
 * pieces {@code a} and {@code aa}, an even number of letters is all {@code aa}, while an odd number
 * may begin with {@code a}.
 *
 * <p>If no piece of the vocabulary that occurs in the text reaches across a place, every division
 * has a boundary there, and the likeliest division up to there does not depend on anything after
 * it. The tokens before such a place are settled if it is so far from the end that no piece that
 * begins before it reaches the text that may still change. Neighbouring unknown tokens become one,
 * whose id stays the same.
 */
record UnigramTokens(Pieces pieces) implements SettledTokens {
  private static final int CHARACTERS_PER_TOKEN = 8;

  @Override
  public long characters(int kept) {
    return (long) kept * CHARACTERS_PER_TOKEN;
  }

  @Override
  public boolean settles(int kept, int count, Supplier<String[]> tokens) {
    return count > kept + 1 && hasBoundary(tokens.get(), kept);
  }

  private boolean hasBoundary(String[] tokens, int kept) {
    String[] open = Arrays.copyOf(tokens, tokens.length - 1);
    String text = String.join("", open);
    int place = Arrays.stream(open).limit(kept).mapToInt(String::length).sum();
    int last = text.length() - pieces.longest() - TAIL;
    for (int next = kept; place <= last; place += open[next++].length()) {
      if (!pieces.reachAcross(text, place)) {
        return true;
      }
    }
    return false;
  }
}
