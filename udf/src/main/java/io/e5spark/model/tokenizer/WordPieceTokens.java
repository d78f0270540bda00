package io.e5spark.model.tokenizer;

import java.util.function.Supplier;

/**
 * WordPiece divides each word on its own. A word that is longer than a limit becomes one unknown
 * token, so only a shorter word can have several tokens. Each of these has at least one character,
 * and all of them are at the end.
 *
 * @param longestWord the characters of the longest word that is divided
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
