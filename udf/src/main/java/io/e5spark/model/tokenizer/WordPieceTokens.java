package io.e5spark.model.tokenizer;

import java.util.function.Supplier;

/**
 * WordPiece divides each word by itself. A longer word than some is one unknown token, so that only
 * a shorter one can be of several; each has a character at least, and all are at the end.
 *
 * @param longestWord characters of the longest word that is divided
 */
record WordPieceTokens(int longestWord) implements SettledTokens {
  private static final int CHARACTERS_PER_TOKEN = 16;

  @Override
  public long characters(int kept) {
    return (long) kept * CHARACTERS_PER_TOKEN;
  }

  @Override
  public boolean settles(int kept, int count, Supplier<String[]> tokens) {
    return count > (long) kept + longestWord + TAIL;
  }
}
